import type { types } from "@pulumi/kubernetes";
import type { ConfigMap } from "../kinds.ts";

/** A volume and where a pod finds it. */
export interface Mounted {
  readonly mount: types.input.core.v1.VolumeMount;
  readonly volume: types.input.core.v1.Volume;
}

/** The files of one ConfigMap in a folder of their own. */
export function mountedMap(name: string, mountPath: string, { metadata }: ConfigMap): Mounted {
  return { mount: { name, mountPath }, volume: { name, configMap: { name: metadata.name } } };
}
