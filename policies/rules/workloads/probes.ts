import type { Container, Probe } from "../../resources/kubernetes.ts";
import { isHelper, opensPorts, servesForever, type ContainerView } from "../../resources/pods.ts";
import { workloadAdmits } from "../../views/weaknesses.ts";
import type { Graph } from "../../resources/graph.ts";
import { declaresPort, fullProbe, handlerCount, probePort, reaction } from "../../views/probes.ts";
import { type Problem, containerRule, everywhere, inProduction, limit, notApplicable } from "../../judging/rule.ts";

const serving = (view: ContainerView): boolean =>
  view.role === "app" && servesForever(view.workload) && !isHelper(view);
const KINDS = ["livenessProbe", "readinessProbe", "startupProbe"] as const;
const probesOf = (container: Container): [string, Probe][] =>
  KINDS.flatMap((kind): [string, Probe][] => (container[kind] ? [[kind, container[kind]]] : []));

function* absent(view: ContainerView, kind: "livenessProbe" | "readinessProbe", graph: Graph): Iterable<Problem> {
  if (!serving(view) || declined(view, graph)) return notApplicable;
  const probe = view.container[kind];
  if (!probe || handlerCount(probe) === 0)
    yield {
      path: `${view.path}.${kind}`,
      found: probe ? "a probe that asks nothing" : "none",
      wanted: "httpGet, tcpSocket, grpc or exec",
    };
}

/** True where the description says why nothing can tell the health of a program, or that it only stands beside another. */
function declined({ workload, container }: ContainerView, graph: Graph): boolean {
  if (container.livenessProbe || container.readinessProbe) return false;
  const beside = workloadAdmits(graph, workload, "beside", container.name ?? "");
  return beside || workloadAdmits(graph, workload, "unhealthy");
}

export const livenessDeclared = containerRule({
  id: "liveness-declared",
  number: "K25",
  items: [1],
  severity: "high",
  levels: everywhere,
  title: "Every container that serves has a liveness probe, or says why not",
  why: "A hung process stays hung: nothing but a failing liveness probe restarts it.",
  fix: `livenessProbe: { httpGet: { path: "/healthz/live", port: "http" }, periodSeconds: 5, failureThreshold: 5 }`,
  across: (view: ContainerView, { graph }) => absent(view, "livenessProbe", graph),
});

export const readinessDeclared = containerRule({
  id: "readiness-declared",
  number: "K26",
  items: [7],
  severity: "high",
  levels: everywhere,
  title: "Every container that serves has a readiness probe, or says why not",
  why: "Without it a pod gets requests before it can answer, in every rollout and after every restart.",
  fix: `readinessProbe: { httpGet: { path: "/healthz/ready", port: "http" }, periodSeconds: 2, failureThreshold: 2 }`,
  *across(view: ContainerView, { graph }) {
    const { workload } = view;
    const asked = workload.kind === "Pod" || opensPorts(workload) || graph.selecting("Service", workload).length > 0;
    return asked ? yield* absent(view, "readinessProbe", graph) : notApplicable; // nobody sends to a pod without port and Service
  },
});

export const probesDiffer = containerRule({
  id: "probes-differ",
  number: "K27",
  items: [1, 7],
  severity: "medium",
  levels: inProduction,
  title: "Liveness and readiness are not the same probe",
  why: "The same probe restarts a pod that only needed a moment: under load all of them at once.",
  fix: `livenessProbe: { httpGet: { path: "/healthz/live", port: "http" } }, readinessProbe: { httpGet: { path: "/healthz/ready", port: "http" } }`,
  *check({ container, path }: ContainerView) {
    const [live, ready] = [
      fullProbe(container.livenessProbe, container),
      fullProbe(container.readinessProbe, container),
    ];
    if (!live || !ready) return notApplicable;
    if (JSON.stringify(live) === JSON.stringify(ready))
      yield {
        path: `${path}.livenessProbe`,
        found: "the very probe that readiness uses",
        wanted: "another handler, or a slower one",
      };
  },
});

export const probePortDeclared = containerRule({
  id: "probe-port-declared",
  number: "K28",
  items: [1, 7],
  severity: "high",
  levels: everywhere,
  title: "Every probe asks a port that its container declares",
  why: "A probe on a port where nobody listens restarts a healthy pod for ever.",
  fix: `ports: [{ name: "http", containerPort: 8080 }], livenessProbe: { httpGet: { path: "/healthz/live", port: "http" } }`,
  limits: { probes: limit<readonly string[]>("kinds of probe to look at", ["liveness", "readiness", "startup"]) },
  *check({ container, path }: ContainerView, { limit: { probes } }) {
    if (probesOf(container).length === 0) return notApplicable;
    for (const [kind, probe] of probesOf(container)) {
      if (!probes.some((wanted) => kind.startsWith(wanted.replace(/Probe$/, "")))) continue;
      const port = probePort(probe);
      const open = (container.ports ?? []).filter(({ protocol = "TCP" }) => protocol === "TCP"); // no probe speaks anything else
      if (port === undefined || declaresPort({ ports: open }, port)) continue;
      const ports = open.map(({ name, containerPort }) => (name ? `${name}=${containerPort}` : String(containerPort)));
      yield {
        path: `${path}.${kind}`,
        found: `port ${port}`,
        wanted: ports.length ? `one of ${ports.join(", ")}` : "a declared container port",
      };
    }
  },
});

export const probeTiming = containerRule({
  id: "probe-timing",
  number: "C01",
  items: [1, 7],
  severity: "medium",
  levels: inProduction,
  title: "Probes react fast enough to matter and slowly enough not to flap",
  why: "A slow probe leaves a dead pod in service; a nervous one restarts a busy pod.",
  fix: `livenessProbe: { periodSeconds: 5, failureThreshold: 5, timeoutSeconds: 2 }, readinessProbe: { periodSeconds: 2, failureThreshold: 2, timeoutSeconds: 1 }`,
  limits: {
    liveSeconds: limit("longest time from hang to restart", 60),
    readySeconds: limit("longest time a bad pod stays in service", 30),
    slowStart: limit("longest initial delay of liveness without a startup probe", 30),
  },
  *check(view: ContainerView, { limit: bound }) {
    if (!serving(view)) return notApplicable;
    const { container, path } = view;
    const [live, ready] = [
      fullProbe(container.livenessProbe, container),
      fullProbe(container.readinessProbe, container),
    ];
    if (live && (live.period < 1 || live.period > 15))
      yield { path: `${path}.livenessProbe.periodSeconds`, found: `${live.period}`, wanted: "1 to 15" };
    if (live && (live.failures < 3 || live.failures > 6))
      yield { path: `${path}.livenessProbe.failureThreshold`, found: `${live.failures}`, wanted: "3 to 6" };
    if (live && live.timeout > live.period)
      yield {
        path: `${path}.livenessProbe.timeoutSeconds`,
        found: `${live.timeout}`,
        wanted: `<= the period, ${live.period}`,
      };
    if (live && reaction(live) > bound.liveSeconds)
      yield {
        path: `${path}.livenessProbe`,
        found: `${reaction(live)} s until restart`,
        wanted: `<= ${bound.liveSeconds} s`,
        note: `${live.period} s × ${live.failures}`,
      };
    if (live && live.delay > bound.slowStart && !container.startupProbe)
      yield {
        path: `${path}.livenessProbe.initialDelaySeconds`,
        found: `${live.delay} s and no startupProbe`,
        wanted: `a startupProbe, or <= ${bound.slowStart} s`,
      };
    if (ready && reaction(ready) > bound.readySeconds)
      yield {
        path: `${path}.readinessProbe`,
        found: `${reaction(ready)} s in service while failing`,
        wanted: `<= ${bound.readySeconds} s`,
        note: `${ready.period} s × ${ready.failures}`,
      };
  },
});

export const probeAsksItself = containerRule({
  id: "probe-asks-itself",
  number: "C02",
  items: [23],
  severity: "high",
  levels: everywhere,
  title: "A probe asks its own pod",
  why: "A probe of somebody else restarts healthy pods when that other one fails.",
  fix: `readinessProbe: { httpGet: { path: "/healthz/ready", port: "http" } } // no host`,
  *check({ container, path }: ContainerView) {
    if (probesOf(container).length === 0) return notApplicable;
    for (const [kind, probe] of probesOf(container)) {
      const host = probe.httpGet?.host ?? probe.tcpSocket?.host;
      if (host) yield { path: `${path}.${kind}`, found: `host ${host}`, wanted: "no host" };
    }
  },
});

export const probeProvesLife = containerRule({
  id: "probe-proves-life",
  number: "C03",
  items: [1],
  severity: "medium",
  levels: inProduction,
  title: "A liveness probe asks the service, not the file system",
  why: "A file stays where it is while the process hangs, so the probe never fails when it should.",
  fix: `livenessProbe: { httpGet: { path: "/healthz/live", port: "http" } }`,
  *check(view: ContainerView) {
    const words = view.container.livenessProbe?.exec?.command;
    if (!words || !serving(view)) return notApplicable;
    if (/^(\/bin\/)?(cat|ls|true|test|echo)$/.test(words[0] ?? ""))
      yield {
        path: `${view.path}.livenessProbe.exec.command`,
        found: words.join(" "),
        wanted: "a question that only a working process answers",
      };
  },
});
