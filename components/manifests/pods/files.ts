import type { Input } from "@pulumi/pulumi";
import type { FilePlan } from "../../../model/plan/workload.ts";
import type { Mounted } from "./pod.ts";

/** Where files of one kind come from. */
export interface FileMap {
  readonly kind: "configMap" | "secret";
  readonly name: Input<string>;
  readonly files: readonly Pick<FilePlan, "path">[];
}

/** Key of a file in its map: a path has signs that a key may not have. */
export function fileKey(path: string): string {
  return path.slice(1).replaceAll("/", "__");
}

/** The files of one map, each where the program looks for it; nobody can write to them. */
export function mountedFiles({ kind, name, files }: FileMap): Mounted[] {
  if (files.length === 0) return [];
  const volume = kind === "secret" ? "secret-files" : "files";
  return [
    {
      mounts: files.map(({ path }) => ({ name: volume, mountPath: path, subPath: fileKey(path), readOnly: true })),
      volume: { name: volume, ...(kind === "secret" ? { secret: { secretName: name } } : { configMap: { name } }) },
    },
  ];
}
