import { max, min, sum } from "../promql/aggregate.ts";
import { series } from "../promql/selector.ts";
import { signals } from "../signal.ts";

// Real disks only; container layers and memory file systems would count the same bytes again.
const DISK = 'fstype!~"tmpfs|overlay|squashfs|ramfs"';

/** The machines under the cluster. */
export const node = signals({
  up: {
    title: "Nodes answering",
    unit: "short",
    meaning: "0 for a node whose exporter cannot be read.",
    expr: ({ where, by }) => min(by, series("up", where, 'job="node"')),
  },
  ready: {
    title: "Node ready",
    unit: "bool_on_off",
    meaning: "1 while the kubelet says so.",
    expr: ({ where }) => max(["node"], series("nodeCondition", where, 'condition="Ready"', 'status="true"')),
  },
  cpu: {
    title: "CPU busy",
    unit: "percentunit",
    meaning: "Share of the node's cores at work.",
    expr: ({ where, by, window }) =>
      `1 - avg by (${by.join(", ")}) (rate(${series("nodeCpu", where, 'mode="idle"')}[${window}]))`,
  },
  load: {
    title: "Load",
    unit: "short",
    meaning: "Processes that run or wait, averaged over a minute.",
    expr: ({ where, by }) => max(by, series("nodeLoad", where)),
  },
  memoryFree: {
    title: "Memory free",
    unit: "percentunit",
    meaning: "Memory the node can still give out.",
    expr: ({ where, by }) => min(by, `${series("nodeMemoryAvailable", where)} / ${series("nodeMemoryTotal", where)}`),
  },
  pendingResizes: {
    title: "Resizes pending",
    unit: "short",
    meaning: "Pods whose new CPU or memory the node cannot give them now (deferred) or ever (infeasible).",
    expr: ({ where }) => sum(["node", "reason"], series("pendingResizes", where)),
  },
  diskFree: {
    title: "Disk free",
    unit: "percentunit",
    meaning: "Free space of the fullest disk.",
    expr: ({ where, by }) =>
      min(by, `${series("nodeDiskAvailable", where, DISK)} / ${series("nodeDiskSize", where, DISK)}`),
  },
});
