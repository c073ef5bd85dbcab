import type { Graph } from "../../resources/graph.ts";
import type { Container } from "../../resources/kubernetes.ts";
import { isHelper, longRunning, servesForever, type Workload } from "../../resources/pods.ts";
import { fullProbe, preStopSeconds, reaction } from "../../views/probes.ts";
import { everywhere, inProduction, limit, notApplicable, workloadRule } from "../../judging/rule.ts";
import { backendsOf, longestRequest, target, type Ingress } from "../../views/entry/routes.ts";
import { UnknownValue } from "../../resources/unknown.ts";

export const readinessBeforeLiveness = workloadRule({
  id: "readiness-before-liveness",
  number: "X05",
  items: [1, 7],
  severity: "high",
  levels: inProduction,
  title: "A pod in trouble leaves the Service before it is restarted",
  why: "A busy pod that is killed at once hands its load to the others, which then are killed too.",
  fix: `livenessProbe: { periodSeconds: 5, failureThreshold: 5 }, readinessProbe: { periodSeconds: 2, failureThreshold: 2 }`,
  *check(workload) {
    if (!servesForever(workload)) return notApplicable;
    for (const { container, path } of longRunning(workload)) {
      const [live, ready] = [
        fullProbe(container.livenessProbe, container),
        fullProbe(container.readinessProbe, container),
      ];
      if (!live || !ready) continue;
      const [restart, removed] = [reaction(live), reaction(ready)];
      const same = live.handler === ready.handler;
      const note = `liveness ${live.period} s × ${live.failures} = ${restart} s, readiness ${ready.period} s × ${ready.failures} = ${removed} s`;
      if (restart <= removed || (same && restart < 2 * removed))
        yield {
          path: `${path}.livenessProbe`,
          found: `restart after ${restart} s`,
          wanted: same ? `>= ${2 * removed} s, because both ask the same` : `> ${removed} s`,
          note,
        };
    }
  },
});

/** Seconds until a container can first count as ready, at worst; the start-up annotation wins. */
function startSeconds(
  { metadata, resource }: Workload,
  { readinessProbe }: Container,
  annotation: string,
): number | undefined {
  const stated = metadata.annotations?.[annotation] ?? resource.metadata.annotations?.[annotation];
  if (stated !== undefined) return Number(stated);
  const ready = fullProbe(readinessProbe);
  return ready && ready.delay + reaction(ready);
}

export const startupSurvives = workloadRule({
  id: "startup-survives",
  number: "X06",
  items: [1],
  severity: "critical",
  levels: everywhere,
  title: "A pod is given as long to start as it needs",
  why: "A pod that is killed before it has started is killed again for ever: the rollout never ends.",
  fix: `startupProbe: { httpGet: { path: "/healthz/started", port: "http" }, periodSeconds: 5, failureThreshold: 24 }`,
  limits: {
    startupAnnotation: limit("annotation that states the seconds a start may take", "slipway.dev/startup-seconds"),
  },
  *check(workload, { limit: { startupAnnotation } }) {
    for (const { container, path } of servesForever(workload) ? longRunning(workload) : []) {
      const needed = startSeconds(workload, container, startupAnnotation);
      const [live, start] = [fullProbe(container.livenessProbe), fullProbe(container.startupProbe)];
      if (needed === undefined || (!live && !start)) continue;
      if (start && start.delay + reaction(start) < needed)
        yield {
          path: `${path}.startupProbe`,
          found: `killed after ${start.delay + reaction(start)} s`,
          wanted: `>= ${needed} s`,
          note: `${start.delay} s + ${start.period} s × ${start.failures}`,
        };
      if (!start && live && live.delay + reaction(live) < needed)
        yield {
          path: `${path}.livenessProbe`,
          found: `killed after ${live.delay + reaction(live)} s`,
          wanted: `>= ${needed} s`,
          note: `${live.delay} s + ${live.period} s × ${live.failures}`,
        };
    }
  },
});

export const rolloutDeadline = workloadRule({
  id: "rollout-deadline",
  number: "X07",
  items: [8],
  severity: "high",
  levels: inProduction,
  title: "A rollout is given longer than its slowest pod needs",
  why: "A deadline shorter than the start calls a good rollout failed, and rolls back what was fine.",
  fix: `spec: { progressDeadlineSeconds: 600 }`,
  limits: { margin: limit("how many times the worst start must fit", 1.2) },
  *check(workload, { limit: { margin } }) {
    if (workload.kind !== "Deployment") return notApplicable;
    const deadline = workload.spec.progressDeadlineSeconds ?? 600;
    const settle = workload.spec.minReadySeconds ?? 0;
    for (const { container } of longRunning(workload)) {
      const [start, ready] = [fullProbe(container.startupProbe), fullProbe(container.readinessProbe)];
      const [starting, becoming] = [
        start ? start.delay + reaction(start) : 0,
        ready ? ready.delay + reaction(ready) : 0,
      ];
      const worst = starting + becoming + settle;
      if (margin * worst >= deadline)
        yield {
          path: "spec.progressDeadlineSeconds",
          found: `${deadline} s`,
          wanted: `> ${Math.round(margin * worst)} s`,
          note: `${margin} × (start ${starting} s + readiness ${becoming} s + minReadySeconds ${settle} s)`,
        };
    }
  },
});

export const shutdownBudget = workloadRule({
  id: "shutdown-budget",
  number: "X08",
  items: [8, 38],
  severity: "high",
  levels: inProduction,
  title: "A pod that stops waits until nobody sends to it any more",
  why: "Endpoints and load balancers learn of a stopping pod seconds late: what they still send is refused.",
  fix: `terminationGracePeriodSeconds: 45, containers: [{ lifecycle: { preStop: { sleep: { seconds: 8 } } } }]`,
  limits: {
    wait: limit("seconds until endpoints are updated", 5),
    balancer: limit("seconds until a load balancer with pod targets is updated", 15),
    drain: limit("seconds that requests in flight may take", 10),
  },
  *across(workload, { graph, limit: bound }) {
    if (!servesForever(workload) || graph.selecting("Service", workload).length === 0) return notApplicable;
    const needed = behindBalancer(graph, workload) ? bound.balancer : bound.wait;
    const grace = workload.pod.terminationGracePeriodSeconds ?? 30;
    for (const view of longRunning(workload)) {
      const { container, path, role } = view;
      if (role === "sidecar" || isHelper(view)) continue; // stops after the app containers by itself, or gets no requests
      const wait = preStopSeconds(container);
      if (wait === undefined)
        throw new UnknownValue(`${path}.lifecycle.preStop runs a command whose length nobody can read`);
      if (wait < needed)
        yield { path: `${path}.lifecycle.preStop`, found: `waits ${wait} s`, wanted: `>= ${needed} s` };
      else if (wait + bound.drain > grace)
        yield {
          path: `${workload.path}.terminationGracePeriodSeconds`,
          found: `${grace} s`,
          wanted: `>= ${wait + bound.drain} s`,
          note: `preStop ${wait} s + drain ${bound.drain} s`,
        };
    }
  },
});

interface Balanced {
  readonly spec?: {
    readonly type?: string;
    readonly targetType?: string;
    readonly serviceRef?: { readonly name?: string };
  };
}

/** True when an AWS load balancer sends straight to the pods. */
function behindBalancer(graph: Graph, workload: Workload): boolean {
  const balanced = graph.once("services behind pod targets", () => new Set([...balancedServices(graph)]));
  return graph.selecting("Service", workload).some(({ namespace, name }) => balanced.has(`${namespace}/${name}`));
}

function* balancedServices(graph: Graph): Iterable<string> {
  for (const { metadata, props, namespace, name } of graph.of<Balanced>("Service")) {
    const { annotations = {} } = metadata;
    const targets =
      annotations["service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"] ??
      annotations["service.beta.kubernetes.io/aws-load-balancer-type"] ??
      "";
    if (props.spec?.type === "LoadBalancer" && /^(ip|nlb-ip)$/.test(targets)) yield `${namespace}/${name}`;
  }
  for (const ingress of graph.of<Ingress["props"]>("Ingress")) {
    if (ingress.metadata.annotations?.["alb.ingress.kubernetes.io/target-type"] !== "ip") continue;
    for (const { backend } of backendsOf(ingress)) yield `${ingress.namespace}/${target(backend).name}`;
  }
  for (const { namespace, props } of graph.of<Balanced>("TargetGroupBinding"))
    if (props.spec?.targetType === "ip") yield `${namespace}/${props.spec.serviceRef?.name}`;
}

export const requestsFinish = workloadRule({
  id: "requests-finish",
  number: "X09",
  items: [8, 38],
  severity: "high",
  levels: inProduction,
  title: "The longest request fits into the time a stopping pod has",
  why: "A request that takes longer than the grace period is cut off in every rollout.",
  fix: `terminationGracePeriodSeconds: 75 // preStop 10 s + requests of 60 s`,
  *across(workload, { graph }) {
    const longest = longestRequest(graph, workload);
    if (!longest || !servesForever(workload)) return notApplicable;
    const grace = workload.pod.terminationGracePeriodSeconds ?? 30;
    const waits = longRunning(workload)
      .filter(({ role }) => role === "app")
      .map(({ container }) => preStopSeconds(container));
    if (waits.includes(undefined)) throw new UnknownValue("preStop runs a command whose length nobody can read");
    const wait = Math.max(0, ...waits.map(Number));
    if (longest.seconds > grace - wait)
      yield {
        path: `${workload.path}.terminationGracePeriodSeconds`,
        found: `${grace - wait} s for requests`,
        wanted: `>= ${longest.seconds} s, ${longest.resource.kind === "Service" ? "which callers wait where no route says how long" : `the time-out of ${longest.resource.kind} ${longest.resource.name}`}`,
        note: `grace ${grace} s − preStop ${wait} s = ${grace - wait} s`,
        related: [longest.resource],
      };
  },
});
