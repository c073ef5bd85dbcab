import type { Input } from "@pulumi/pulumi";
import type { types } from "@pulumi/kubernetes";
import { LABEL } from "../../model/names.ts";

type EnvVar = types.input.core.v1.EnvVar;

/** One variable a key: a key that is missing stops the pod, where a whole map would let it start without. */
export function settingVariables(keys: readonly string[], configMap: Input<string>): EnvVar[] {
  return keys.map((key) => ({ name: key, valueFrom: { configMapKeyRef: { name: configMap, key } } }));
}

/** The same for a Secret. */
export function secretVariables(keys: readonly string[], secret: Input<string>): EnvVar[] {
  return keys.map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: secret, key } } }));
}

/** The build that runs, told by the pod itself: a new image then changes no ConfigMap. */
export const VERSION_VARIABLE: EnvVar = {
  name: "VERSION",
  valueFrom: { fieldRef: { fieldPath: `metadata.labels['${LABEL.version}']` } },
};
