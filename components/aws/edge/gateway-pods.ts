import type { types } from "@pulumi/kubernetes";
import { all, type Input } from "@pulumi/pulumi";
import { DEFAULTS } from "../../../model/defaults.ts";
import { GATEWAY, GATEWAY_PORT } from "../../../model/names.ts";
import { labels, metadata, type Owner, selector } from "../../manifests/metadata.ts";
import { containerSecurity, podSecurity, TEMP_MOUNT, tempVolume } from "../../manifests/security.ts";
import { spread } from "../../manifests/spread.ts";
import { traefikArguments, type TraefikWaits } from "./traefik-arguments.ts";

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

/** Seconds after the last request that was let end, and before the kill. */
const SPARE_SECONDS = 10;

interface PodParts {
  readonly image: string;
  readonly waits: TraefikWaits;
  /** Blocks of those who may say for whom they ask: the load balancer's. */
  readonly trusted: readonly Input<string>[];
  readonly serviceAccount: Input<string>;
}

/** Traefik for one system: it watches that system's namespace only and believes the load balancer about clients' addresses. */
export function gatewayPods(owner: Owner, parts: PodParts): types.input.apps.v1.Deployment {
  return {
    metadata: metadata(owner),
    spec: {
      selector: { matchLabels: selector(owner) },
      minReadySeconds: 5,
      progressDeadlineSeconds: 300,
      revisionHistoryLimit: 3,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: podTemplate(owner, parts),
    },
  };
}

function podTemplate(owner: Owner, parts: PodParts): types.input.core.v1.PodTemplateSpec {
  return {
    metadata: {
      labels: labels(owner),
      annotations: {
        "prometheus.io/scrape": "true",
        "prometheus.io/port": String(GATEWAY_PORT.metrics),
        "prometheus.io/path": "/metrics",
        "slipway.dev/drain-seconds": String(parts.waits.drainSeconds),
      },
    },
    spec: {
      serviceAccountName: parts.serviceAccount,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: preStopSeconds(parts) + parts.waits.drainSeconds + SPARE_SECONDS,
      securityContext: podSecurity(),
      topologySpreadConstraints: spread(selector(owner)),
      volumes: [tempVolume("64Mi"), TOKEN_VOLUME],
      containers: [traefikContainer(owner, parts)],
    },
  };
}

/** It goes on serving until the load balancer has noticed that it leaves and has let its last requests there end. */
function preStopSeconds({ waits }: PodParts): number {
  return waits.drainSeconds + DEFAULTS.gateway.marginSeconds.value;
}

function traefikContainer({ system }: Owner, parts: PodParts): types.input.core.v1.Container {
  const probe = (periodSeconds: number, failureThreshold: number) => ({
    httpGet: { path: "/ping", port: "web" },
    periodSeconds,
    failureThreshold,
    timeoutSeconds: 1,
  });
  return {
    name: GATEWAY,
    image: parts.image,
    args: traefikArguments(system, all([...parts.trusted]), parts.waits),
    ports: [
      { name: "web", containerPort: GATEWAY_PORT.web },
      { name: "metrics", containerPort: GATEWAY_PORT.metrics },
    ],
    startupProbe: probe(1, 60),
    readinessProbe: probe(2, 2),
    livenessProbe: probe(5, 4),
    lifecycle: { preStop: { sleep: { seconds: preStopSeconds(parts) } } },
    resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "1", memory: "256Mi" } },
    securityContext: containerSecurity(),
    volumeMounts: [
      TEMP_MOUNT,
      { name: TOKEN_VOLUME.name, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true },
    ],
  };
}

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
