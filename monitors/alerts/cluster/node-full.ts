import { above, below, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { counting, steady } from "../../proof.ts";
import { duration } from "../../promql/duration.ts";
import { node } from "../../signals/node.ts";
import type { Timing } from "../../timing.ts";
import { about } from "../outline.ts";
import { gauge, nodeBook as book, nodeView, of } from "./node-proof.ts";

/** Memory runs out. */
export function memoryLow(timing: Timing): Alert {
  return {
    ...about("NodeMemoryLow", "ticket", 300),
    ...below(node.memoryFree.expr(nodeView(timing)), 0.1),
    summary: "Node {{ $labels.instance }} runs out of memory",
    description: "{{ $value | humanizePercentage }} of its memory is free.",
    runbook: book("A node has little memory left.", "Pods are evicted, the least important first.", [
      "Which pod grew? `kubectl top pods -A --sort-by=memory`.",
      "Add a node.",
    ]),
    proof: gauge((value) => [
      steady(of(METRICS.nodeMemoryAvailable.name), value * 1e9),
      steady(of(METRICS.nodeMemoryTotal.name), 1e9),
    ]),
  };
}

/** A disk runs full. */
export function diskFilling(timing: Timing): Alert {
  return {
    ...about("NodeDiskFilling", "ticket", 900),
    ...below(node.diskFree.expr(nodeView(timing)), 0.15),
    summary: "A disk of node {{ $labels.instance }} fills up",
    description: "{{ $value | humanizePercentage }} of the fullest disk is free.",
    runbook: book("A disk is nearly full.", "Below 10 % the kubelet deletes images and then evicts pods.", [
      "Old images and logs go first: `crictl rmi --prune`.",
      "Enlarge the disk.",
    ]),
    proof: gauge((value) => [
      steady(of(METRICS.nodeDiskAvailable.name, { fstype: "ext4", mountpoint: "/" }), value * 1e9),
      steady(of(METRICS.nodeDiskSize.name, { fstype: "ext4", mountpoint: "/" }), 1e9),
    ]),
  };
}

/** All cores are at work. */
export function cpuBusy(timing: Timing): Alert {
  return {
    ...about("NodeCpuBusy", "ticket", 900),
    ...above(node.cpu.expr(nodeView(timing)), 0.9),
    summary: "Node {{ $labels.instance }} is at its limit",
    description: "Its cores have been busy {{ $value | humanizePercentage }} of the time for fifteen minutes.",
    runbook: book("All cores of a node are busy.", "Everything on it gets slower.", [
      "Which pod? `kubectl top pods -A --sort-by=cpu`.",
      "Add a node, or give pods CPU requests that say what they need.",
    ]),
    proof: {
      ...gauge((value, every) => [counting(of(METRICS.nodeCpu.name, { cpu: "0", mode: "idle" }), 1 - value, every)]),
      settles: timing.scrape,
    },
  };
}

/** Pods that were promised more than the machine has. */
export function resizePending(timing: Timing): Alert {
  const view = { where: [], window: duration(timing.rate), by: [] };
  return {
    ...about("ResizePending", "ticket", 120),
    ...above(node.pendingResizes.expr(view), 0),
    summary: "Node {{ $labels.node }} cannot resize pods",
    description: "{{ $value }} pods on node {{ $labels.node }} wait for more CPU or memory: {{ $labels.reason }}.",
    runbook: book(
      "Pods were given new requests or limits that their node cannot fulfil.",
      "They go on with the old ones: what was to save them from being killed does not happen.",
      [
        "`infeasible`: the node is too small for good. Delete the pod so that it starts on another, or ask for less.",
        "`deferred`: it happens when other pods leave. Add a node, or drain this one.",
      ],
    ),
    proof: {
      ...gauge((value) => [steady(of(METRICS.pendingResizes.name, { node: "node-1", reason: "deferred" }), value)], {
        firing: 1,
        silent: 0,
      }),
      labels: { node: "node-1", reason: "deferred" },
    },
  };
}
