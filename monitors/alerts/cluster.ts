import { above, below, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { counting, steady, type InputSeries } from "../proof.ts";
import { duration } from "../promql/duration.ts";
import { entry } from "../signals/entry.ts";
import { node } from "../signals/node.ts";
import type { Timing } from "../timing.ts";
import { about, bookWith } from "./outline.ts";

const LABELS = { instance: "node-1" };
const LOOK = [
  "kubectl get nodes -o wide",
  "kubectl describe node <node> | grep -A15 Conditions",
  "kubectl top nodes",
  "kubectl get pods -A -o wide --field-selector spec.nodeName=<node>",
];

const of = (metric: string, labels: Record<string, string> = {}) =>
  `${metric}{${Object.entries({ job: "node", instance: "node-1", ...labels })
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;

/** The machines under all systems and the gateway in front of them: once a cluster. */
export function clusterAlerts(timing: Timing): Alert[] {
  const view = { where: [], window: duration(timing.rate), by: ["instance"] };
  return [
    {
      ...about("NodeDown", "page", 60),
      role: "cause",
      ...below(node.up.expr(view), 1),
      summary: "Node {{ $labels.instance }} does not answer",
      description: "The exporter of node {{ $labels.instance }} has not answered for a minute.",
      runbook: book(
        "A node does not answer.",
        "Its pods start elsewhere after some minutes; volumes bound to it do not move.",
        ["On AWS the node group replaces it by itself. Otherwise start it again."],
      ),
      proof: gauge((value) => [steady(of(METRICS.up.name), value)], { firing: 0, silent: 1 }),
    },
    {
      ...about("NodeNotReady", "page", 120),
      role: "cause",
      ...below(node.ready.expr(view), 1),
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
    },
    {
      ...about("NodeMemoryLow", "ticket", 300),
      ...below(node.memoryFree.expr(view), 0.1),
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
    },
    {
      ...about("NodeDiskFilling", "ticket", 900),
      ...below(node.diskFree.expr(view), 0.15),
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
    },
    {
      ...about("NodeCpuBusy", "ticket", 900),
      ...above(node.cpu.expr(view), 0.9),
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
    },
    resizePending(timing),
    gatewayErrors(timing),
  ];
}

function resizePending(timing: Timing): Alert {
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

function gatewayErrors(timing: Timing): Alert {
  const view = { where: [], window: duration(timing.rate), by: ["entrypoint"] };
  return {
    ...about("GatewayErrors", "ticket", 300),
    role: "symptom",
    ...above(entry.errorRatio.expr(view), 0.05),
    summary: "The gateway answers with errors",
    description: "{{ $value | humanizePercentage }} of the requests at {{ $labels.entrypoint }} end with a 5xx status.",
    runbook: {
      symptom: "The gateway answers with 5xx.",
      impact: "Users of one or more systems see errors.",
      diagnosis: ["kubectl get pods -A -l app.kubernetes.io/name=traefik", "kubectl get httproute -A"],
      fix: [
        "Does a service's own ErrorBudgetBurn or ServiceDown fire? Start there.",
        "Otherwise the gateway finds no backend: `kubectl describe httproute` names the reason.",
      ],
    },
    proof: {
      series: (value, every) => [
        counting(of(METRICS.entryRequests.name, { entrypoint: "web", code: "200" }), 100 * (1 - value), every),
        counting(of(METRICS.entryRequests.name, { entrypoint: "web", code: "502" }), 100 * value, every),
      ],
      labels: { entrypoint: "web" },
      settles: timing.scrape,
    },
  };
}

const book = bookWith(LOOK);
const gauge = (
  series: (value: number, every: number) => InputSeries[],
  values: { firing?: number; silent?: number } = {},
): Alert["proof"] => ({ series, labels: LABELS, settles: 0, ...values });
