import { entries, get, items, type Node, plain, textOf } from "../reading/node.ts";
import type { Note } from "../reading/place.ts";
import type { ClusterObject } from "./objects.ts";

/** Words of a pod that are carried over, or whose work is done here for every service. */
const POD: ReadonlySet<string> = new Set([
  ...["containers", "volumes", "terminationGracePeriodSeconds", "hostNetwork", "securityContext", "initContainers"],
  ...[
    "serviceAccountName",
    "serviceAccount",
    "automountServiceAccountToken",
    "restartPolicy",
    "dnsPolicy",
    "schedulerName",
  ],
  ...[
    "enableServiceLinks",
    "topologySpreadConstraints",
    "imagePullSecrets",
    "priorityClassName",
    "nodeName",
    "tolerations",
  ],
  ...["preemptionPolicy", "priority"],
]);
const CONTAINER: ReadonlySet<string> = new Set([
  ...["name", "image", "command", "args", "env", "envFrom", "ports", "resources", "volumeMounts", "securityContext"],
  ...["livenessProbe", "readinessProbe", "startupProbe", "imagePullPolicy", "terminationMessagePath", "stdin", "tty"],
  ...["terminationMessagePolicy", "lifecycle"],
]);

/** What a workload says that is not carried over, in its own words. */
export function leftOut({ kind }: ClusterObject, pod: Node, container: Node): Note[] {
  const strange = (node: Node, known: ReadonlySet<string>) => entries(node).filter(([key]) => !known.has(key));
  const on = textOf(get(pod, "hostNetwork")) === "true" ? [get(pod, "hostNetwork")] : [];
  return [
    ...(kind === "DaemonSet"
      ? [{ at: pod.at, text: "a DaemonSet is not carried over as one: one on every machine is no service" }]
      : []),
    ...on.flatMap((node) =>
      node ? [{ at: node.at, text: "hostNetwork is not carried over: a pod asks others by their names" }] : [],
    ),
    ...[...strange(pod, POD), ...strange(container, CONTAINER)].map(([key, node]) => ({
      at: node.at,
      text: `${key}: ${shown(node)} is not carried over`,
    })),
    ...items(get(pod, "initContainers")).map(before),
  ];
}

function before(node: Node): Note {
  const [name, image] = ["name", "image"].map((key) => textOf(get(node, key)) ?? "");
  return {
    at: node.at,
    text: `initContainer ${name} (${image}) is not carried over: what brings tables is a \`migration\`, and nothing has to wait for others here`,
  };
}

const LONGEST = 100;

function shown(node: Node): string {
  const text = JSON.stringify(plain(node)) ?? "";
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
