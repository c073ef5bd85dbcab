import { interpolate, type Output, type Resource } from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString.js";

/** 30 bits, enough among the few stores that ever had this name. */
const SUFFIX = { length: 6, upper: false, special: false };

/**
 * Name of the snapshot that is taken when a store goes. The snapshot outlives the store, so one that is made later under
 * the same name needs another name for its own; else that store could never be destroyed.
 */
export function finalSnapshotOf(identifier: string, parent: Resource): Output<string> {
  const { result } = new RandomString(`${identifier}-final`, SUFFIX, { parent });
  return interpolate`${identifier}-final-${result}`;
}
