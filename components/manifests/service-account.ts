import type { types } from "@pulumi/kubernetes";
import { metadata, type Owner } from "./metadata.ts";

/** Who a pod is. No token is mounted: no service talks to the Kubernetes API. */
export function serviceAccount(owner: Owner): types.input.core.v1.ServiceAccount {
  return { metadata: metadata(owner), automountServiceAccountToken: false };
}
