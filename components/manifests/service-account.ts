import type { types } from "@pulumi/kubernetes";
import { namedMetadata, type Owner } from "./metadata.ts";

/** Who a pod is; other places grant rights to this name. No token is mounted: no service talks to the Kubernetes API. */
export function serviceAccount(owner: Owner): types.input.core.v1.ServiceAccount {
  return { metadata: namedMetadata(owner, owner.name), automountServiceAccountToken: false };
}
