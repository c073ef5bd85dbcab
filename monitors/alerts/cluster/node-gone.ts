import { below, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { steady } from "../../proof.ts";
import { node } from "../../signals/node.ts";
import type { Timing } from "../../timing.ts";
import { about } from "../outline.ts";
import { gauge, nodeBook as book, nodeView, of } from "./node-proof.ts";

/** Nobody hears from the machine. */
export function nodeDown(timing: Timing): Alert {
  return {
    ...about("NodeDown", "page", 60),
    role: "cause",
    labels: { node: "{{ $labels.instance }}" }, // as the node is called on its pods
    ...below(node.up.expr(nodeView(timing)), 1),
    summary: "Node {{ $labels.instance }} does not answer",
    description: "The exporter of node {{ $labels.instance }} has not answered for a minute.",
    runbook: book(
      "A node does not answer.",
      "Its pods start elsewhere after some minutes; volumes bound to it do not move.",
      ["On AWS the node group replaces it by itself. Otherwise start it again."],
    ),
    proof: {
      ...gauge((value) => [steady(of(METRICS.up.name), value)], { firing: 0, silent: 1 }),
      labels: { instance: "node-1", node: "node-1" },
    },
  };
}

/** Kubernetes takes the machine for lost or sick. */
export function nodeNotReady(timing: Timing): Alert {
  return {
    ...about("NodeNotReady", "page", 120),
    role: "cause",
    ...below(node.ready.expr(nodeView(timing)), 1),
    summary: "Node {{ $labels.node }} is not ready",
    description: "Kubernetes has considered node {{ $labels.node }} not ready for two minutes.",
    runbook: book(
      "The kubelet does not report or says that it is not well.",
      "No pod starts there; those on it are moved after five minutes.",
      ["Look at its conditions: memory, disk or process pressure, network.", "Restart the kubelet; then the node."],
    ),
    proof: {
      ...gauge(
        (value) => [
          steady(of(METRICS.nodeCondition.name, { node: "node-1", condition: "Ready", status: "true" }), value),
        ],
        { firing: 0, silent: 1 },
      ),
      labels: { node: "node-1" },
    },
  };
}
