import { emptyInput, type Input } from "../../../policies/read/input.ts";
import { addPath } from "../../checking/add-path.ts";
import type { Adopted } from "../program.ts";
import { get, items } from "../reading/node.ts";
import type { Note, Problems } from "../reading/place.ts";
import { type ClusterObject, Objects } from "./objects.ts";
import { withSources } from "./own-sources.ts";
import { programOf } from "./program.ts";
import { routesIn } from "./routes.ts";

const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "Pod", "Job", "CronJob"];
/** Kinds that are carried over, or whose work is done here for every system. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  ...WORKLOADS,
  ...["Service", "ConfigMap", "Secret", "Ingress", "HTTPRoute", "GRPCRoute", "HorizontalPodAutoscaler", "ScaledObject"],
  ...["PersistentVolumeClaim", "PersistentVolume", "ServiceAccount", "Role", "RoleBinding", "Namespace", "LimitRange"],
  ...["PodDisruptionBudget", "NetworkPolicy", "ServiceMonitor", "PodMonitor", "ResourceQuota", "IngressClass"],
  ...["Gateway", "GatewayClass", "Endpoints", "EndpointSlice", "Event", "Node", "ControllerRevision"],
]);

/** Reads manifests, rendered charts and lists of a running cluster as the programs that they start. What is wrong is added to the problems. */
export function readManifests(paths: readonly string[], problems: Problems): Adopted {
  const input = emptyInput("default");
  for (const path of paths) addPath(input, path);
  problems.all.push(...input.problems.map(({ message }) => message));
  const objects = new Objects(input);
  const { routes, notes } = routesIn(objects);
  const workloads = objects
    .of(...WORKLOADS)
    .filter(({ node }) => items(get(node, "metadata", "ownerReferences")).length === 0);
  if (workloads.length === 0 && input.problems.length === 0)
    problems.all.push(`${paths.join(", ")}: no workload of Kubernetes and no file of Compose there${seen(input)}`);
  return {
    programs: withSources(
      workloads.map((one) => programOf(one, objects, routes)),
      process.cwd(),
    ),
    notes: [...notes, ...strange(objects.all), ...skippedIn(input, paths)],
  };
}

function strange(all: readonly ClusterObject[]): Note[] {
  return all
    .filter(({ kind }) => !UNDERSTOOD.has(kind))
    .map(({ kind, name, node }) => ({ at: node.at, text: `${kind} ${name} is not carried over` }));
}

function seen({ skipped }: Input): string {
  return skipped.size === 0 ? "" : `, only ${[...skipped].map(([what, count]) => `${count} × ${what}`).join(", ")}`;
}

function skippedIn({ skipped }: Input, [first = ""]: readonly string[]): Note[] {
  return [...skipped].map(([what, count]) => ({ at: { file: first, line: 1 }, text: `not read: ${count} × ${what}` }));
}
