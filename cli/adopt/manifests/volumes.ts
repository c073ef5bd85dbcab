import type { Mounted } from "../mounted.ts";
import type { Laid } from "../program.ts";
import { get, items, type Node, textOf } from "../reading/node.ts";
import type { Note } from "../reading/place.ts";
import { kubernetesSize } from "../reading/sizes.ts";
import { labelOf } from "../writing/label.ts";
import { dataOf, type Objects } from "./objects.ts";

interface Mount {
  readonly node: Node;
  readonly path: string;
  readonly part?: string;
  readonly volume: Node | undefined;
  readonly claim: Node | undefined;
}

/** Reads `volumeMounts` with the volumes of the pod; `claims` are the templates of a StatefulSet. */
export function mountedBy(
  container: Node,
  pod: Node,
  claims: readonly Node[],
  objects: Objects,
  namespace: string,
): Mounted {
  const mounts = items(get(container, "volumeMounts")).map((node) => mountOf(node, pod, claims));
  const folders = mounts.flatMap((mount) => folderOf(mount, objects, namespace));
  const laid = mounts.flatMap((mount) => filesOf(mount, objects, namespace));
  const writes = mounts.filter(({ volume }) => get(volume, "emptyDir") !== undefined).map(({ path }) => path);
  const [folder, ...more] = folders;
  return {
    ...(folder !== undefined && { folder: folder.folder }),
    files: laid,
    written: laid.flatMap(({ path, file, at }) => ("text" in file ? [{ what: path, text: file.text, at }] : [])),
    writes: writes.filter((path) => path !== "/tmp" && !path.startsWith("/tmp/")),
    notes: [
      ...more.map(({ folder: { path }, at }) => ({
        at,
        text: `${path}: a second folder that outlives the pod; one can have one`,
      })),
      ...mounts.flatMap((mount) => strange(mount, objects, namespace)),
    ],
  };
}

function mountOf(node: Node, pod: Node, claims: readonly Node[]): Mount {
  const name = textOf(get(node, "name"));
  const part = textOf(get(node, "subPath"));
  return {
    node,
    path: (textOf(get(node, "mountPath")) ?? "").replace(/(.)\/$/, "$1"),
    ...(part !== undefined && { part }),
    volume: items(get(pod, "volumes")).find((one) => textOf(get(one, "name")) === name),
    claim: claims.find((one) => textOf(get(one, "metadata", "name")) === name),
  };
}

function folderOf({ node, path, volume, claim }: Mount, objects: Objects, namespace: string) {
  const named = textOf(get(volume, "persistentVolumeClaim", "claimName"));
  const found =
    claim ?? (named === undefined ? undefined : objects.named("PersistentVolumeClaim", named, namespace)?.node);
  if (found === undefined && named === undefined) return [];
  const size = kubernetesSize(textOf(get(found, "spec", "resources", "requests", "storage")));
  return [{ at: node.at, folder: { path, ...(size !== undefined && { size }) } }];
}

/** Entries of a ConfigMap or a Secret as files. */
function filesOf({ node, path, part, volume }: Mount, objects: Objects, namespace: string): Laid[] {
  const [config, secret] = [get(volume, "configMap"), get(volume, "secret")];
  const name = textOf(get(config, "name") ?? get(secret, "secretName"));
  if (name === undefined) return [];
  const found = objects.named(config === undefined ? "Secret" : "ConfigMap", name, namespace);
  const chosen = items(get(config ?? secret, "items")).map((one) => [
    textOf(get(one, "key")) ?? "",
    textOf(get(one, "path")) ?? "",
  ]);
  const data = found === undefined ? new Map<string, string>() : dataOf(found);
  const all = chosen.length > 0 ? chosen : [...data.keys()].map((key) => [key, key]);
  return all
    .filter(([, file]) => part === undefined || part === file)
    .map(([key = "", file = ""]) => ({
      path: part === undefined ? `${path === "/" ? "" : path}/${file}` : path,
      file: config === undefined ? { secret: labelOf(`${name}-${key}`) } : { text: data.get(key) ?? "" },
      at: node.at,
    }));
}

function strange({ node, path, volume, claim }: Mount, objects: Objects, namespace: string): Note[] {
  if (claim !== undefined) return [];
  if (volume === undefined) return [{ at: node.at, text: `${path} is not carried over: the pod has no such volume` }];
  const name = textOf(get(volume, "configMap", "name"));
  if (name !== undefined && objects.named("ConfigMap", name, namespace) === undefined)
    return [{ at: node.at, text: `${path} is not carried over: the ConfigMap ${name} is not among what was read` }];
  const known = ["emptyDir", "configMap", "secret", "persistentVolumeClaim"];
  if (known.some((key) => get(volume, key) !== undefined)) return [];
  return [{ at: volume.at, text: `${path} is not carried over: a volume of another kind` }];
}
