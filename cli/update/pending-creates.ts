import { kubectl } from "../running/kubectl.ts";
import type { StackSettings } from "../stack/stack-settings.ts";

interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: {
    readonly apiVersion?: string;
    readonly kind?: string;
    readonly metadata?: { readonly name?: string; readonly namespace?: string };
  };
}
interface Exported {
  readonly deployment?: {
    readonly resources?: readonly Recorded[];
    readonly pending_operations?: readonly { readonly type: string; readonly resource: Recorded }[];
  };
}

/** What an engine was creating when it was killed: how many resources, and those of them that may exist in the cluster unknown to anybody. */
export interface PendingCreates {
  readonly count: number;
  readonly objects: readonly HalfMade[];
}
export interface HalfMade {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
}

/** They may have existed before, with data inside, and making them again does no harm. */
const HOLDS_DATA = new Set(["Namespace", "PersistentVolumeClaim"]);

/** Reads them from an exported stack. An object that the stack knows already is not half-made, whatever was about to happen to it. */
export function pendingCreates(exported: string): PendingCreates {
  const { resources = [], pending_operations: operations = [] } = (JSON.parse(exported) as Exported).deployment ?? {};
  const known = new Set(resources.map(({ type, id }) => `${type} ${id}`));
  const creates = operations.filter(({ type }) => type === "creating").map(({ resource }) => resource);
  const objects = creates.flatMap(
    ({ type, inputs: { apiVersion = "", kind, metadata: { name, namespace = null } = {} } = {} }) => {
      if (!type.startsWith("kubernetes:") || kind === undefined || name === undefined || HOLDS_DATA.has(kind))
        return [];
      if (known.has(`${type} ${namespace === null ? name : `${namespace}/${name}`}`)) return [];
      return [{ kind: fullKind(apiVersion, kind), name, namespace }];
    },
  );
  return { count: creates.length, objects };
}

/** Deletes them: the engine would make a second one of each. Stores keep their volumes, and nothing that was finished is touched. */
export async function deleteHalfMade(objects: readonly HalfMade[], settings: StackSettings): Promise<void> {
  for (const { kind, name, namespace } of objects)
    await kubectl(settings, [
      "delete",
      kind,
      name,
      ...(namespace === null ? [] : ["-n", namespace]),
      "--ignore-not-found",
    ]);
}

/** `Deployment.v1.apps`: no other kind of that name is meant. */
function fullKind(apiVersion: string, kind: string): string {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  return `${kind}.${version}.${group}`;
}
