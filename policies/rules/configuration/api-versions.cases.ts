import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const lost = { apiVersion: "v1", kind: "Deployment", metadata: { name: "lost", namespace: "tools" }, spec: {} };

// biome-ignore format: one case a line
export const cases: Cases = {
  "served-api": { fails: { "HorizontalPodAutoscaler/order apiVersion": "autoscaling/v2beta2" }, boundary: { "HorizontalPodAutoscaler/order apiVersion": "autoscaling/v1" }, unknown: { "HorizontalPodAutoscaler/order apiVersion": UNKNOWN } },
  "kind-in-group": { fails: { "+": [lost] }, boundary: { "+": [{ ...lost, apiVersion: "serving.example.com/v1" }] }, unknown: { "ConfigMap/limits-0a1b2c3d apiVersion": UNKNOWN } },
};
