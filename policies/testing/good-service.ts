/** One service as it should be: every object that the rules want, with nothing to find. */

import type { Props } from "../resources/resource.ts";
import { contractsOf, intentOf } from "./good/intent.ts";
import { labelsOf, object, podsOf, NAMESPACE } from "./good/names.ts";
import { migratingPod, servingPod } from "./good/pod.ts";
import { settingsOf, type GoodService } from "./good/settings.ts";

/** All objects of one service. */
export function goodService(service: GoodService): Props[] {
  const { name } = service;
  return [
    intentOf(service),
    object("v1", "ConfigMap", `${name}-1a2b3c4d`, { data: settingsOf(service) }),
    object("v1", "Secret", `${name}-5e6f7a8b`, { stringData: { DATABASE_PASSWORD: "kJ8s-Fq2x-Zw9v-Rt4m-Lp6n" } }),
    object("v1", "ServiceAccount", name, { automountServiceAccountToken: false }),
    deployment(service),
    serviceOf(name),
    autoscaler(name),
    budget(name),
    monitor(name),
    networkPolicy(name, service),
    migration(service),
    networkPolicy(`${name}-migration`, service),
  ];
}

function deployment(service: GoodService): Props {
  const { name } = service;
  const metadata = { name, namespace: NAMESPACE, labels: labelsOf(name), annotations: contractsOf(service) };
  const spec = {
    minReadySeconds: 5,
    progressDeadlineSeconds: 300,
    selector: podsOf(name),
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: {
      metadata: { labels: labelsOf(name), annotations: { "slipway.dev/drain-seconds": "20" } },
      spec: servingPod(service),
    },
  };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata, spec };
}

function serviceOf(name: string): Props {
  const ports = [
    { name: "http", port: 8080, targetPort: "http" },
    { name: "metrics", port: 9464, targetPort: "metrics" },
  ];
  return object("v1", "Service", name, {
    spec: { type: "ClusterIP", selector: { "app.kubernetes.io/name": name }, ports },
  });
}

function autoscaler(name: string): Props {
  const cpu = { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } };
  return object("autoscaling/v2", "HorizontalPodAutoscaler", name, {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      minReplicas: 2,
      maxReplicas: 4,
      metrics: [{ type: "Resource", resource: cpu }],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    },
  });
}

function budget(name: string): Props {
  return object("policy/v1", "PodDisruptionBudget", name, {
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: podsOf(name) },
  });
}

function monitor(name: string): Props {
  return object("monitoring.coreos.com/v1", "ServiceMonitor", name, {
    spec: { selector: podsOf(name), endpoints: [{ port: "metrics", interval: "30s" }] },
  });
}

function networkPolicy(name: string, { calls = [] }: GoodService): Props {
  const dns = {
    to: [namespaceNamed("kube-system")],
    ports: [
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ],
  };
  const callees = calls.map((callee) => ({ to: [{ podSelector: podsOf(callee) }], ports: [{ port: 8080 }] }));
  return object("networking.k8s.io/v1", "NetworkPolicy", name, {
    spec: {
      podSelector: podsOf(name),
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [{ podSelector: {} }, namespaceNamed("traefik")], ports: [{ port: 8080 }] },
        { from: [namespaceNamed("monitoring")], ports: [{ port: "metrics" }] },
      ],
      egress: [dns, ...callees],
    },
  });
}

function namespaceNamed(name: string): object {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}

function migration(service: GoodService): Props {
  const name = `${service.name}-migration`;
  return object("batch/v1", "Job", name, {
    spec: { template: { metadata: { labels: labelsOf(name) }, spec: migratingPod(service) } },
  });
}
