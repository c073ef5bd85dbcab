import type { Input } from "@pulumi/pulumi";
import type { types } from "@pulumi/kubernetes";
import { LABEL } from "../../model/names.ts";
import type { PodFact } from "../../model/plan/program/pieces.ts";

type EnvVar = types.input.core.v1.EnvVar;

/** One variable a key: a key that is missing stops the pod, where a whole map would let it start without. */
export function settingVariables(keys: readonly string[], configMap: Input<string>): EnvVar[] {
  return keys.map((key) => ({ name: key, valueFrom: { configMapKeyRef: { name: configMap, key } } }));
}

/** The same for a Secret. */
export function secretVariables(keys: readonly string[], secret: Input<string>): EnvVar[] {
  return keys.map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: secret, key } } }));
}

const FIELD: Readonly<Record<PodFact, string>> = {
  version: `metadata.labels['${LABEL.version}']`,
  replica: "metadata.name",
};

/** What the pod itself knows, such as the build that runs: a new image then changes no ConfigMap. */
export function podVariables(ofPod: Readonly<Record<string, PodFact>>): EnvVar[] {
  return Object.entries(ofPod).map(([name, fact]) => ({ name, valueFrom: { fieldRef: { fieldPath: FIELD[fact] } } }));
}
