import type { types } from "@pulumi/kubernetes";
import { type Input, type Output, secret } from "@pulumi/pulumi";
import { metadata, type Owner } from "./metadata.ts";

/** The ConfigMap has no name of its own, so a changed value makes a new one and rolls the pods. */
export function settingsMap(
  owner: Owner,
  data: Readonly<Record<string, Input<string>>>,
): types.input.core.v1.ConfigMap {
  return { metadata: metadata(owner), data };
}

/** A Secret, unnamed like the settings: a rotated password rolls the pods. */
export function credential(
  owner: Owner,
  stringData: Readonly<Record<string, Input<string>>>,
): { metadata: ReturnType<typeof metadata>; type: string; stringData: Output<Record<string, Input<string>>> } {
  return {
    metadata: metadata(owner),
    type: "Opaque",
    stringData: secret(stringData) as Output<Record<string, Input<string>>>,
  };
}
