/** Objects that others make and keep: ReplicaSets of a Deployment, pods of a Job, whatever an operator makes. */

import { plainObject, type Resource } from "./resource.ts";

interface Owner {
  readonly kind: string;
  readonly name: string;
}
/** Kinds of Kubernetes itself that own pods or other kinds; any other owner is an operator's. */
const CONTROLLERS: ReadonlySet<string> = new Set([
  "Deployment",
  "ReplicaSet",
  "StatefulSet",
  "DaemonSet",
  "ReplicationController",
  "Job",
  "CronJob",
  "Node",
  "DeploymentConfig",
]);

function ownersOf({ metadata }: Resource): Owner[] {
  try {
    const references = Array.isArray(metadata.ownerReferences) ? metadata.ownerReferences : [];
    return references
      .map((reference) => plainObject<Owner>(reference))
      .flatMap(({ kind, name }) => (kind && name ? [{ kind, name }] : []));
  } catch {
    return []; // known only after deployment
  }
}

/**
 * Those that are judged at their owner: the owner is declared too, or is an operator's object. Where only the children
 * of one controller were given, as by `kubectl get pods`, the first of them stands for it.
 */
export function judgedElsewhere(resources: readonly Resource[]): ReadonlySet<Resource> {
  const declared = new Set(resources.map(({ kind, namespace, name }) => `${plain(kind)}/${namespace}/${name}`));
  const standIns = new Set<string>();
  const elsewhere = new Set<Resource>();
  for (const resource of resources) {
    for (const { kind, name } of ownersOf(resource)) {
      const owner = `${kind}/${resource.namespace}/${name}`;
      if (declared.has(owner) || !CONTROLLERS.has(kind) || standIns.has(owner)) elsewhere.add(resource);
      else standIns.add(owner);
    }
  }
  return elsewhere;
}

const plain = (kind: string): string => kind.slice(kind.indexOf("/") + 1);
