/** An application of 29 objects for benchmarks: services as they are found in the wild, with and without faults. */

const SERVICES = ["catalogue", "carts", "orders", "payment", "shipping", "user", "queue", "front"];

/** Manifests of one application in a namespace of its own: as many objects as the sock shop has. */
export function application(index: number): string {
  const namespace = `app-${index}`;
  const objects = SERVICES.flatMap((name, position) => [
    deployment(namespace, name, position),
    service(namespace, name),
    ...(position % 2 === 0 ? [autoscaler(namespace, name)] : [budget(namespace, name)]),
  ]);
  return [
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n`,
    ...objects,
    policy(namespace),
    ...[0, 1, 2].map((map) => settings(namespace, map)),
  ].join("---\n");
}

const head = (kind: string, apiVersion: string, namespace: string, name: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n  labels:\n    app: ${name}\n`;

function deployment(namespace: string, name: string, position: number): string {
  return `${head("Deployment", "apps/v1", namespace, name)}spec:
  replicas: ${1 + (position % 3)}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: registry.example.com/shop/${name}:0.3.${position}
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: NEXT_URL
              value: http://${SERVICES[(position + 1) % SERVICES.length]}:80
            - name: LEVEL
              valueFrom:
                configMapKeyRef:
                  name: settings-${position % 3}
                  key: LEVEL
          resources:
            limits:
              cpu: 300m
              memory: 500Mi
            requests:
              cpu: 100m
              memory: 200Mi
          livenessProbe:
            httpGet:
              path: /health
              port: 8080
            initialDelaySeconds: 30
            periodSeconds: 3
          readinessProbe:
            httpGet:
              path: /health
              port: http
            periodSeconds: 3
          securityContext:
            runAsNonRoot: ${position % 2 === 0}
            capabilities:
              drop:
                - ALL
            readOnlyRootFilesystem: true
      nodeSelector:
        kubernetes.io/os: linux
`;
}

function service(namespace: string, name: string): string {
  return `${head("Service", "v1", namespace, name)}spec:\n  ports:\n    - port: 80\n      targetPort: http\n  selector:\n    app: ${name}\n`;
}

function autoscaler(namespace: string, name: string): string {
  return `${head("HorizontalPodAutoscaler", "autoscaling/v2", namespace, name)}spec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: ${name}\n  minReplicas: 2\n  maxReplicas: 6\n  metrics:\n    - type: Resource\n      resource:\n        name: cpu\n        target:\n          type: Utilization\n          averageUtilization: 70\n`;
}

function budget(namespace: string, name: string): string {
  return `${head("PodDisruptionBudget", "policy/v1", namespace, name)}spec:\n  minAvailable: 1\n  selector:\n    matchLabels:\n      app: ${name}\n`;
}

function policy(namespace: string): string {
  return `${head("NetworkPolicy", "networking.k8s.io/v1", namespace, "all")}spec:\n  podSelector: {}\n  policyTypes:\n    - Ingress\n  ingress:\n    - from:\n        - podSelector: {}\n`;
}

function settings(namespace: string, map: number): string {
  return `${head("ConfigMap", "v1", namespace, `settings-${map}`)}data:\n  LEVEL: info\n  MODE: "${map}"\n`;
}
