import type { types } from "@pulumi/kubernetes";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import type { Variables } from "../model/plan/program/pieces.ts";
import { ConfigMap, Secret } from "./kinds.ts";
import { podVariables, secretVariables, settingVariables } from "./manifests/environment.ts";
import type { Owner } from "./manifests/metadata.ts";
import { credential, settingsMap } from "./manifests/settings.ts";
import { resolveVariables, type Surroundings } from "./variables.ts";

interface Reading {
  readonly plan: Variables;
  readonly owner: Owner;
  readonly around: Surroundings;
}

/** The variables of one program: plain ones in a ConfigMap, secret ones in a Secret, each only where there are some. */
export function environment(
  name: string,
  { plan, owner, around }: Reading,
  child: CustomResourceOptions,
): types.input.core.v1.EnvVar[] {
  const { plain, secret } = resolveVariables(plan, around);
  const [settings, secrets] = [Object.keys(plain), Object.keys(secret)];
  const named = (keys: readonly string[], make: () => { metadata: { name: Input<string> } }) =>
    keys.length === 0 ? "" : make().metadata.name;
  const map = named(settings, () => new ConfigMap(name, settingsMap(owner, plain), child));
  const kept = named(secrets, () => new Secret(name, credential(owner, secret), child));
  return [...settingVariables(settings, map), ...podVariables(plan.ofPod), ...secretVariables(secrets, kept)];
}
