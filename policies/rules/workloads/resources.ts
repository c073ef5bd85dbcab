import { parseQuantity } from "../../../model/quantity.ts";
import type { IntOrString } from "../../resources/kubernetes.ts";
import type { ContainerView } from "../../resources/pods.ts";
import { advice, containerRule, inProduction, limit, notApplicable, onRequest } from "../../judging/rule.ts";

type Bound = "requests" | "limits";
const read = ({ container }: ContainerView, bound: Bound, resource: string): IntOrString | undefined =>
  container.resources?.[bound]?.[resource];
const permanent = (view: ContainerView): boolean => view.role !== "ephemeral"; // Kubernetes allows ephemeral containers no resources

function* missing(
  view: ContainerView,
  bound: Bound,
  resource: string,
): Iterable<{ path: string; found: string; wanted: string }> {
  if (!permanent(view)) return notApplicable;
  const value = read(view, bound, resource);
  if (value === undefined || value === null)
    yield { path: `${view.path}.resources.${bound}.${resource}`, found: "not set", wanted: "a quantity" };
  else if (parseQuantity(value) === 0)
    yield {
      path: `${view.path}.resources.${bound}.${resource}`,
      found: `${value}, which ${bound === "limits" ? "limits" : "reserves"} nothing`,
      wanted: "more than 0",
    };
  else if (parseQuantity(value) === undefined)
    yield {
      path: `${view.path}.resources.${bound}.${resource}`,
      found: `"${value}", which is no Kubernetes quantity`,
      wanted: `such as "${resource === "cpu" ? "100m" : "128Mi"}"`,
    };
}

export const cpuRequest = containerRule({
  id: "cpu-request",
  number: "K13",
  items: [21, 4],
  severity: "high",
  levels: inProduction,
  title: "Every container requests cpu",
  why: "Without a request the scheduler packs blindly and an autoscaler on cpu never knows its target.",
  fix: `resources: { requests: { cpu: "100m" } }`,
  check: (view: ContainerView) => missing(view, "requests", "cpu"),
});

export const memoryRequest = containerRule({
  id: "memory-request",
  number: "K14",
  items: [21],
  severity: "high",
  levels: inProduction,
  title: "Every container requests memory",
  why: "Without a request the pod is the first to be evicted when its node runs short.",
  fix: `resources: { requests: { memory: "128Mi" } }`,
  check: (view: ContainerView) => missing(view, "requests", "memory"),
});

export const memoryLimit = containerRule({
  id: "memory-limit",
  number: "K15",
  items: [21],
  severity: "high",
  levels: inProduction,
  title: "Every container has a memory limit",
  why: "A leak without a limit takes down the node and everybody on it.",
  fix: `resources: { limits: { memory: "256Mi" } }`,
  check: (view: ContainerView) => missing(view, "limits", "memory"),
});

export const cpuLimit = containerRule({
  id: "cpu-limit",
  number: "K16",
  items: [21],
  severity: "low",
  levels: onRequest,
  title: "Every container has a cpu limit",
  why: "Contested: a limit keeps neighbours safe but throttles bursts; switch it on where nodes are shared by strangers.",
  fix: `resources: { limits: { cpu: "1" } }`,
  check: (view: ContainerView) => missing(view, "limits", "cpu"),
});

export const ephemeralStorageLimit = containerRule({
  id: "ephemeral-storage-limit",
  number: "K17",
  items: [21],
  severity: "low",
  levels: onRequest,
  title: "Every container limits the local disk it may fill",
  why: "A full node disk evicts every pod of the node.",
  fix: `resources: { limits: { "ephemeral-storage": "1Gi" } }`,
  check: (view: ContainerView) => missing(view, "limits", "ephemeral-storage"),
});

export const resourcesDeclared = containerRule({
  id: "resources-declared",
  number: "K18",
  items: [21],
  severity: "high",
  levels: onRequest,
  title: "Every container declares the resources that the organisation asks for",
  why: "One list for organisations that ask for more or less than the single rules.",
  fix: `resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } }`,
  limits: {
    need: limit<readonly string[]>("fields such as requests.cpu that must be set", [
      "requests.cpu",
      "requests.memory",
      "limits.memory",
    ]),
  },
  *check(view: ContainerView, { limit: { need } }) {
    for (const field of need) {
      const [bound, resource] = [field.slice(0, field.indexOf(".")), field.slice(field.indexOf(".") + 1)];
      yield* missing(view, bound === "limits" ? "limits" : "requests", resource);
    }
  },
});

export const memoryLimitIsRequest = containerRule({
  id: "memory-limit-is-request",
  number: "K19",
  items: [21],
  severity: "low",
  levels: onRequest,
  title: "The memory limit equals the request",
  why: "Memory above the request is borrowed: the pod that uses it is killed first.",
  fix: `resources: { requests: { memory: "256Mi" }, limits: { memory: "256Mi" } }`,
  *check(view: ContainerView) {
    if (!permanent(view)) return notApplicable;
    const [request, bound] = [read(view, "requests", "memory"), read(view, "limits", "memory")];
    if (request === undefined && bound === undefined)
      return yield {
        path: `${view.path}.resources`,
        found: "neither request nor limit",
        wanted: "memory request = limit",
      };
    const effective = request ?? bound; // Kubernetes copies the limit into a missing request
    if (bound === undefined || parseQuantity(effective ?? "") !== parseQuantity(bound)) {
      yield {
        path: `${view.path}.resources.limits.memory`,
        found: `request ${effective ?? "not set"}, limit ${bound ?? "not set"}`,
        wanted: "the same quantity",
      };
    }
  },
});

export const memoryHeadroom = containerRule({
  id: "memory-headroom",
  number: "K20",
  items: [21],
  severity: "medium",
  levels: inProduction,
  title: "The memory limit is not far above the request",
  why: "The scheduler counts requests: at a high ratio a full node kills pods that kept to their limit.",
  fix: `resources: { requests: { memory: "128Mi" }, limits: { memory: "256Mi" } }`,
  limits: { ratio: limit("highest limit divided by request", 2, 2, 8) },
  *check(view: ContainerView, { limit: { ratio } }) {
    const [request, bound] = [
      parseQuantity(read(view, "requests", "memory") ?? ""),
      parseQuantity(read(view, "limits", "memory") ?? ""),
    ];
    if (!request || !bound) return notApplicable;
    if (bound <= request * ratio) return;
    yield {
      path: `${view.path}.resources.limits.memory`,
      found: `${Math.round((bound / request) * 100) / 100} times the request`,
      wanted: `<= ${ratio} times`,
      note: `${read(view, "limits", "memory")} ÷ ${read(view, "requests", "memory")} = ${Math.round((bound / request) * 100) / 100}`,
    };
  },
});

export const heapBelowLimit = containerRule({
  id: "heap-below-limit",
  number: "K21",
  items: [21],
  severity: "medium",
  levels: advice,
  title: "The heap that a runtime may use stays below the memory limit",
  why: "A heap that may outgrow the limit ends in a kill instead of a garbage collection.",
  fix: `env: [{ name: "NODE_OPTIONS", value: "--max-old-space-size=192" }] // for a limit of 256Mi`,
  *check(view: ContainerView) {
    const bound = parseQuantity(read(view, "limits", "memory") ?? "");
    const variables = (view.container.env ?? []).filter(({ name = "" }) =>
      /^(NODE_OPTIONS|JAVA_TOOL_OPTIONS|JAVA_OPTS|JDK_JAVA_OPTIONS)$/.test(name),
    );
    const words = [
      ...variables.map(({ value }) => value ?? ""),
      ...(view.container.command ?? []),
      ...(view.container.args ?? []),
    ].join(" ");
    const heap = heapBytes(words);
    if (!bound || !heap) return notApplicable;
    if (heap >= bound)
      yield {
        path: `${view.path}.resources.limits.memory`,
        found: `heap ${heap / 2 ** 20} MiB, limit ${bound / 2 ** 20} MiB`,
        wanted: "heap below the limit",
      };
  },
});

function heapBytes(words: string): number | undefined {
  const node = /--max-old-space-size=(\d+)/.exec(words);
  if (node) return Number(node[1]) * 2 ** 20;
  const java = /-Xmx(\d+)([kmgKMG]?)/.exec(words);
  const unit: Readonly<Record<string, number>> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
  return java ? Number(java[1]) * (unit[(java[2] ?? "").toLowerCase()] ?? 1) : undefined;
}
