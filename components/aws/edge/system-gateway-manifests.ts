import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { LABEL } from "../../../model/names.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import type { CustomObject } from "../../manifests/gateway.ts";
import { labels, metadata, namedMetadata, type Owner, selector } from "../../manifests/metadata.ts";
import { PROMETHEUS } from "../../manifests/peers.ts";
import { containerSecurity, podSecurity, TEMP_MOUNT, tempVolume } from "../../manifests/security.ts";
import { spread } from "../../manifests/spread.ts";
import { PORT } from "../../../model/names.ts";
import { apiServerBlock } from "../cluster/node-services.ts";
import { PRE_STOP_SECONDS } from "./target-group.ts";

export const GATEWAY = "traefik";
/** Port of requests and of `/ping`, which the load balancer asks. */
export const GATEWAY_PORT = 8000;
const METRICS_PORT = 9000;
/** Seconds to finish what is running once nothing new arrives. */
const DRAIN_SECONDS = 15;
const SYSTEM_LABEL = "slipway.dev/system";

/** Labels by which the pods are found from the system's own namespace. */
export function gatewayLabels(): Record<string, string> {
  return { [LABEL.name]: GATEWAY };
}

/** Pods become ready for Kubernetes only when the load balancer has found them healthy: a rollout cannot outrun it. */
export function gatewayNamespace(plan: SystemPlan, compute: "auto" | "node-groups"): types.input.core.v1.Namespace {
  const name = `${plan.name}-gateway`;
  const gate =
    compute === "auto" ? "eks.amazonaws.com/pod-readiness-gate-inject" : "elbv2.k8s.aws/pod-readiness-gate-inject";
  const own = labels({ namespace: name, system: plan.name, name: GATEWAY, component: "gateway", team: plan.owner });
  const restricted = Object.fromEntries(
    ["enforce", "warn", "audit"].map((mode) => [`pod-security.kubernetes.io/${mode}`, "restricted"]),
  );
  return { metadata: { name, labels: { ...own, ...restricted, [gate]: "enabled" } } };
}

/** What Traefik reads from the Kubernetes API: routes and where their Services' pods are. */
export function role(owner: Owner): types.input.rbac.v1.ClusterRole {
  const read = ["get", "list", "watch"];
  const routes = ["gatewayclasses", "gateways", "httproutes", "grpcroutes", "referencegrants", "backendtlspolicies"];
  return {
    metadata: { labels: labels(owner) },
    rules: [
      { apiGroups: [""], resources: ["namespaces", "services", "configmaps"], verbs: read },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: read },
      { apiGroups: ["gateway.networking.k8s.io"], resources: routes, verbs: read },
      {
        apiGroups: ["gateway.networking.k8s.io"],
        resources: routes.map((kind) => `${kind}/status`),
        verbs: ["update"],
      },
      { apiGroups: ["traefik.io"], resources: ["middlewares"], verbs: read },
    ],
  };
}

/** Gives Traefik that role. */
export function roleBinding(
  owner: Owner,
  name: Input<string>,
  account: Input<string>,
): types.input.rbac.v1.ClusterRoleBinding {
  return {
    metadata: { labels: labels(owner) },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ kind: "ServiceAccount", name: account, namespace: owner.namespace }],
  };
}

/** The class of this system's gateways; its label is what this Traefik looks for. */
export function gatewayClass(owner: Owner): CustomObject {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "GatewayClass",
    metadata: { name: `traefik-${owner.system}`, labels: { ...labels(owner), [SYSTEM_LABEL]: owner.system } },
    spec: { controllerName: "traefik.io/gateway-controller" },
  };
}

/** In: the load balancer and Prometheus. Out: the system's services and the Kubernetes API. */
export function gatewayTraffic(
  owner: Owner,
  cidr: string,
  serviceCidr: Input<string>,
): types.input.networking.v1.NetworkPolicy {
  const tcp = (port: number) => ({ protocol: "TCP", port });
  const network = { ipBlock: { cidr } };
  const system = {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": owner.system } },
    podSelector: {},
  };
  return {
    metadata: metadata(owner),
    spec: {
      podSelector: { matchLabels: selector(owner) },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [network], ports: [tcp(GATEWAY_PORT)] },
        { from: [PROMETHEUS], ports: [tcp(METRICS_PORT)] },
      ],
      egress: [
        { to: [system], ports: [tcp(PORT.http)] },
        { to: [network, { ipBlock: { cidr: apiServerBlock(serviceCidr) } }], ports: [tcp(443)] },
      ],
    },
  };
}

/** One address for the pods; the load balancer goes past it, to the pods themselves. */
export function gatewayService(owner: Owner): types.input.core.v1.Service {
  return {
    metadata: namedMetadata(owner, GATEWAY),
    spec: {
      type: "ClusterIP",
      selector: selector(owner),
      ports: [
        { name: "web", port: 80, targetPort: "web" },
        { name: "metrics", port: METRICS_PORT, targetPort: "metrics" },
      ],
    },
  };
}

/** Registers the pods behind the Service as targets of the load balancer. */
export function targetBinding(
  owner: Owner,
  service: Input<string>,
  targetGroupArn: Input<string>,
  { compute, clusterName }: { compute: "auto" | "node-groups"; clusterName: Input<string> },
): CustomObject {
  return {
    apiVersion: compute === "auto" ? "eks.amazonaws.com/v1" : "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: { ...metadata(owner), annotations: { "slipway.dev/cluster": clusterName } },
    spec: { serviceRef: { name: service, port: 80 }, targetGroupARN: targetGroupArn, targetType: "ip" },
  };
}

/** Traefik reads routes from the API server; its token is asked for on purpose and expires within the hour. */
const TOKEN_VOLUME: types.input.core.v1.Volume & { name: string } = {
  name: "api-token",
  projected: {
    defaultMode: 0o444,
    sources: [
      { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
    ],
  },
};

/** A gateway that is short of processor time makes every service look slow: it grows early, and shrinks slowly. */
export function gatewayAutoscaler(
  owner: Owner,
  deployment: Input<string>,
  floor: number,
): types.input.autoscaling.v2.HorizontalPodAutoscaler {
  return {
    metadata: metadata(owner),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
      minReplicas: floor,
      maxReplicas: floor * 3,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } },
      ],
      behavior: {
        scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] },
      },
    },
  };
}

interface PodParts {
  readonly image: string;
  readonly trusted: string;
  readonly serviceAccount: Input<string>;
}

/** Traefik for one system: it watches that system's namespace only and believes the load balancer about clients' addresses. */
export function gatewayPods(
  owner: Owner,
  { image, trusted, serviceAccount }: PodParts,
): types.input.apps.v1.Deployment {
  const probe = (periodSeconds: number, failureThreshold: number) => ({
    httpGet: { path: "/ping", port: "web" },
    periodSeconds,
    failureThreshold,
    timeoutSeconds: 1,
  });
  return {
    metadata: metadata(owner),
    spec: {
      selector: { matchLabels: selector(owner) },
      minReadySeconds: 5,
      progressDeadlineSeconds: 300,
      revisionHistoryLimit: 3,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: {
          labels: labels(owner),
          annotations: {
            "prometheus.io/scrape": "true",
            "prometheus.io/port": String(METRICS_PORT),
            "prometheus.io/path": "/metrics",
            "slipway.dev/drain-seconds": String(DRAIN_SECONDS),
          },
        },
        spec: {
          serviceAccountName: serviceAccount,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: PRE_STOP_SECONDS + DRAIN_SECONDS + 10,
          securityContext: podSecurity(),
          topologySpreadConstraints: spread(selector(owner)),
          volumes: [tempVolume("64Mi"), TOKEN_VOLUME],
          containers: [
            {
              name: GATEWAY,
              image,
              args: [...traefikArguments(owner.system, trusted)],
              ports: [
                { name: "web", containerPort: GATEWAY_PORT },
                { name: "metrics", containerPort: METRICS_PORT },
              ],
              startupProbe: probe(1, 60),
              readinessProbe: probe(2, 2),
              livenessProbe: probe(5, 4),
              lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
              resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "1", memory: "256Mi" } },
              securityContext: containerSecurity(),
              volumeMounts: [
                TEMP_MOUNT,
                { name: TOKEN_VOLUME.name, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true },
              ],
            },
          ],
        },
      },
    },
  };
}

function traefikArguments(system: string, trusted: string): readonly string[] {
  return [
    "--providers.kubernetesgateway=true",
    `--providers.kubernetesgateway.namespaces=${system}`,
    `--providers.kubernetesgateway.labelselector=${SYSTEM_LABEL}=${system}`,
    "--providers.kubernetescrd=true",
    `--providers.kubernetescrd.namespaces=${system}`,
    "--providers.kubernetescrd.allowcrossnamespace=false",
    `--entrypoints.web.address=:${GATEWAY_PORT}`,
    `--entrypoints.web.forwardedheaders.trustedips=${trusted}`,
    `--entrypoints.web.transport.lifecycle.gracetimeout=${DRAIN_SECONDS}s`,
    "--entrypoints.web.transport.keepalivemaxtime=0",
    "--entrypoints.web.transport.respondingtimeouts.idletimeout=75s", // longer than the load balancer's, so that it closes first
    "--ping=true",
    "--ping.entrypoint=web",
    `--entrypoints.metrics.address=:${METRICS_PORT}`,
    "--metrics.prometheus=true",
    "--metrics.prometheus.entrypoint=metrics",
    "--accesslog=true",
    "--accesslog.format=json",
    "--log.level=INFO",
    "--global.checknewversion=false",
    "--global.sendanonymoususage=false",
  ];
}
