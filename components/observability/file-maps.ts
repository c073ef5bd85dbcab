import type { types } from "@pulumi/kubernetes";
import { ConfigMap } from "../kinds.ts";
import { labels, metadata, type Owner } from "../manifests/metadata.ts";
import type { MonitoringSite } from "./site.ts";

/** Kubernetes takes a mebibyte for an object; the rest is for everything but the files. */
const MOST_BYTES = 900_000;

interface Files {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly marks?: Readonly<Record<string, string>>;
}

/** Files of any number in one folder: as many ConfigMaps as they need, and a volume that shows all of them. */
export function fileMaps(
  site: MonitoringSite,
  owner: Owner,
  { name, files, marks = {} }: Files,
): types.input.core.v1.Volume {
  const maps = packed(Object.entries(files)).map(
    (data, index) =>
      new ConfigMap(
        index === 0 ? name : `${name}-${index + 1}`,
        {
          metadata: { ...metadata(owner), labels: { ...labels(owner), ...marks } },
          data: Object.fromEntries(data),
        },
        site.opts,
      ),
  );
  return {
    name: name.replace("monitoring-", ""),
    projected: { sources: maps.map((map) => ({ configMap: { name: map.metadata.name } })) },
  };
}

type File = readonly [name: string, text: string];

/** The files in groups that each fit into an object, in their order. */
export function packed(files: readonly File[], most = MOST_BYTES): File[][] {
  const groups: File[][] = [[]];
  let size = 0;
  for (const file of files) {
    const bytes = Buffer.byteLength(file[1]);
    if (size + bytes > most && size > 0) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(file);
    size += bytes;
  }
  return groups;
}
