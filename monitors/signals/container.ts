import { max, min, sum } from "../promql/aggregate.ts";
import { rate } from "../promql/rate.ts";
import { ofAnyService, series, type Matchers } from "../promql/selector.ts";
import { signals } from "../signal.ts";

// Without a container name the series is the sum over the pod.
const CONTAINER = 'container!=""';
const POD = 'pod!=""';

const CLAIM = ["namespace", "persistentvolumeclaim"];

const limits = (resource: "cpu" | "memory", where: Matchers, by: readonly string[]) =>
  sum(by, series("podLimits", where, `resource="${resource}"`));

/** CPU, memory and disk of containers: use, saturation, limits. */
export const container = signals({
  cpu: {
    title: "CPU used",
    unit: "cores",
    meaning: "Cores in use.",
    expr: (view) => rate("containerCpu", view, CONTAINER),
  },
  cpuLimit: {
    title: "CPU limit",
    unit: "cores",
    meaning: "Cores a service may use.",
    expr: ({ where, by }) => limits("cpu", where, by),
  },
  cpuRequest: {
    title: "CPU request",
    unit: "cores",
    meaning: "Cores set aside.",
    expr: ({ where, by }) => sum(by, series("podRequests", where, 'resource="cpu"')),
  },
  throttled: {
    title: "Throttled",
    unit: "percentunit",
    meaning: "Share of scheduling periods in which a container had to wait for its CPU limit.",
    expr: ({ where, window, by }) => {
      // The runtime may not tell cAdvisor the names of containers; pods it always knows.
      const ofPods = { where: ofAnyService(where), window, by: ["namespace", "pod"] };
      const ratio = `${rate("containerThrottled", ofPods, POD)} / ${rate("containerPeriods", ofPods, POD)}`;
      return max(by, `${ratio} * on (namespace, pod) group_left (service) ${series("podLabels", where)}`);
    },
  },
  memory: {
    title: "Memory used",
    unit: "bytes",
    meaning: "Working set: what the kernel cannot take back.",
    expr: ({ where, by }) => sum(by, series("containerMemory", where, CONTAINER)),
  },
  memoryLimit: {
    title: "Memory limit",
    unit: "bytes",
    meaning: "Above this a container is killed.",
    expr: ({ where, by }) => limits("memory", where, by),
  },
  memoryRatio: {
    title: "Memory of limit",
    unit: "percentunit",
    meaning: "Working set as a share of the limit, of the fullest container.",
    expr: ({ where, by }) =>
      max(
        by,
        `${max(["namespace", "service", "pod", "container"], series("containerMemory", where, CONTAINER))} / on (namespace, pod, container) group_left () ${max(["namespace", "pod", "container"], series("podLimits", where, 'resource="memory"'))}`,
      ),
  },
  volumeFree: {
    title: "Volume free",
    unit: "percentunit",
    meaning: "Free space of a volume.",
    expr: ({ where }) =>
      `${min(CLAIM, series("volumeAvailable", ofAnyService(where)))} / ${max(CLAIM, series("volumeCapacity", ofAnyService(where)))}`,
  },
  volumeSoon: {
    title: "Volume free in four days",
    unit: "bytes",
    meaning: "Free space that is left in four days if it shrinks as in the last six hours.",
    expr: ({ where }) => min(CLAIM, `predict_linear(${series("volumeAvailable", ofAnyService(where))}[6h], 4 * 86400)`),
  },
  volumeGrowing: {
    title: "Volumes being enlarged",
    unit: "short",
    meaning: "Claims whose larger size was asked for and is not there yet.",
    expr: ({ where }) =>
      max(
        CLAIM,
        series("claimCondition", ofAnyService(where), 'condition=~"Resizing|FileSystemResizePending"', 'status="true"'),
      ),
  },
});
