import type { types } from "@pulumi/kubernetes";
import { GATEWAY, LABEL } from "../../../model/names.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import type { CustomObject } from "../../manifests/custom-object.ts";
import { labels, type Owner } from "../../manifests/metadata.ts";

/** What a Traefik looks for, so that it serves one system only. */
export const SYSTEM_LABEL = "slipway.dev/system";

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

/** The class of this system's gateways; its label is what this Traefik looks for. */
export function gatewayClass(owner: Owner): CustomObject {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "GatewayClass",
    metadata: { name: `traefik-${owner.system}`, labels: { ...labels(owner), [SYSTEM_LABEL]: owner.system } },
    spec: { controllerName: "traefik.io/gateway-controller" },
  };
}
