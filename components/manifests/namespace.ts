import type { types } from "@pulumi/kubernetes";
import { labels, type Owner } from "./metadata.ts";

/** The restricted Pod Security Standard, enforced by the API server: a pod that asks for more is refused. */
const RESTRICTED = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/warn": "restricted",
  "pod-security.kubernetes.io/audit": "restricted",
} as const;

/** The namespace of one system, named like it. */
export function namespace(owner: Owner): types.input.core.v1.Namespace {
  return { metadata: { name: owner.system, labels: { ...labels(owner), ...RESTRICTED } } };
}
