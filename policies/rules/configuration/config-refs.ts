import { keysOf, referred, refsOf, type Config, type ConfigRef } from "../../views/config-refs.ts";
import type { Facts } from "../../resources/facts.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Workload } from "../../resources/pods.ts";
import { property, type Resource } from "../../resources/resource.ts";
import {
  type Problem,
  everywhere,
  inProduction,
  notApplicable,
  resourceRule,
  workloadRule,
} from "../../judging/rule.ts";
import { makerOf } from "../../views/made-objects.ts";
import type { Ingress } from "../../views/entry/routes.ts";

/** ConfigMaps that Kubernetes and its distributions put into every namespace. */
const GIVEN = new Set(["kube-root-ca.crt", "openshift-service-ca.crt"]);
const FIX = `new k8s.core.v1.ConfigMap("order", { data: { PAYMENT_URL: "http://payment:8080" } })`;
const named = (graph: Graph, workload: Workload, kind: string): string =>
  graph
    .of(kind)
    .filter(({ namespace }) => namespace === workload.namespace)
    .slice(0, 5)
    .map(({ name }) => name)
    .join(", ") || `a declared ${kind}`;

/** What is wrong with some references; an object that is not there is told once, whatever is taken from it. */
function* unresolvedOf(workload: Workload, refs: readonly ConfigRef[], graph: Graph, facts: Facts): Iterable<Problem> {
  const told = new Set<string>();
  for (const ref of refs)
    for (const problem of unresolved(workload, ref, graph, facts)) {
      if (told.has(problem.found)) continue;
      told.add(problem.found);
      yield problem;
    }
}

function* unresolved(workload: Workload, ref: ConfigRef, graph: Graph, facts: Facts): Iterable<Problem> {
  if (ref.optional || GIVEN.has(ref.name) || facts.existing?.includes(`${workload.namespace}/${ref.name}`)) return;
  const config = referred(graph, workload, ref);
  const made = config ? undefined : makerOf(graph, ref.kind, workload.namespace, ref.name);
  if (made) return yield* missingKeys(ref, made.keys, made.by);
  if (!config)
    return yield {
      path: ref.path,
      found: `${ref.kind} ${ref.name || "(no name)"}, which is not declared in namespace ${workload.namespace}`,
      wanted: named(graph, workload, ref.kind),
    };
  if (ref.keys.length === 0 || (config.kind === "Secret" && isToken(config))) return;
  yield* missingKeys(ref, keysOf(config), config);
}

/** Kubernetes itself fills in the Secret of a ServiceAccount. */
function isToken(config: Config): boolean {
  return /service-account-token/.test(String(property(config, "type") ?? ""));
}

function* missingKeys(ref: ConfigRef, keys: readonly string[] | undefined, by: Resource): Iterable<Problem> {
  for (const key of keys ? ref.keys : [])
    if (!keys?.includes(key))
      yield {
        path: ref.path,
        found: `key ${key || "(no key)"} of ${ref.kind} ${ref.name}`,
        wanted: keys?.length ? `one of ${keys.slice(0, 8).join(", ")}` : "a key that is there",
        related: [by],
      };
}

export const envResolves = workloadRule({
  id: "env-resolves",
  needsAll: true,
  number: "K52",
  items: [10, 11, 37],
  severity: "critical",
  levels: everywhere,
  title: "Every key that an environment variable takes exists",
  why: "The container never starts: CreateContainerConfigError, in the middle of a rollout.",
  fix: FIX,
  *across(workload, { graph, facts }) {
    const refs = [...refsOf(workload)].filter(({ way }) => way === "env");
    if (refs.length === 0) return notApplicable;
    yield* unresolvedOf(workload, refs, graph, facts);
  },
});

export const configResolves = workloadRule({
  id: "config-resolves",
  needsAll: true,
  number: "X17",
  items: [10, 11, 37],
  severity: "critical",
  levels: everywhere,
  title: "Every ConfigMap and Secret that a pod mounts or reads exists",
  why: "The pod hangs in ContainerCreating for ever; running ones go on, so it shows at the next restart.",
  fix: FIX,
  *across(workload, { graph, facts }) {
    const refs = [...refsOf(workload)].filter(({ way }) => way !== "env");
    if (refs.length === 0) return notApplicable;
    yield* unresolvedOf(workload, refs, graph, facts);
  },
});

export const certificateExists = resourceRule<Ingress["props"]>()({
  id: "certificate-exists",
  needsAll: true,
  number: "C12",
  items: [13, 37],
  on: ["Ingress"],
  severity: "high",
  levels: inProduction,
  title: "The certificate that an Ingress names exists",
  why: "Without it the entry shows a self-signed certificate that every client refuses.",
  fix: `spec: { tls: [{ hosts: ["shop.example.com"], secretName: certificate.metadata.name }] }`,
  *across(ingress, { graph, facts }) {
    if (!ingress.props.spec?.tls?.length) return notApplicable;
    for (const [index, { secretName }] of (ingress.props.spec?.tls ?? []).entries()) {
      if (
        !secretName ||
        graph.find("Secret", ingress.namespace, secretName) ||
        makerOf(graph, "Secret", ingress.namespace, secretName) ||
        facts.existing?.includes(`${ingress.namespace}/${secretName}`)
      )
        continue;
      yield {
        path: `spec.tls[${index}].secretName`,
        found: `Secret ${secretName}, which is not declared in namespace ${ingress.namespace}`,
        wanted: "a declared Secret or Certificate",
      };
    }
  },
});

const RELOADER = "reloader.stakater.com";

/** True when something restarts the pods for this very object: a checksum on their template, or a reloader that is told to. */
function restarts(workload: Workload, config: Config): boolean {
  const pods = workload.metadata.annotations ?? {};
  if (Object.keys(pods).some((name) => /checksum|config-?hash|sha256/i.test(name))) return true;
  const notes: Readonly<Record<string, string | undefined>> = { ...workload.resource.metadata.annotations, ...pods };
  const kind = config.kind.toLowerCase();
  const told = (name: string): boolean => String(notes[name]) === "true";
  if ([`${RELOADER}/auto`, `${kind}.${RELOADER}/auto`, "wave.pusher.com/update-on-config-change"].some(told))
    return true;
  if (told(`${RELOADER}/search`) && config.metadata.annotations?.[`${RELOADER}/match`] === "true") return true;
  return (notes[`${kind}.${RELOADER}/reload`] ?? "").split(",").some((name) => name.trim() === config.name);
}

/** Names that change with their content: a hash at the end, or one that the engine gave. */
function renamed(config: Config | undefined): boolean {
  const annotations = config?.metadata.annotations ?? {};
  return (
    annotations["pulumi.com/autonamed"] === "true" ||
    /-[a-f0-9]{8,}$|-[bcdfghjklmnpqrstvwxz2456789]{10}$/.test(config?.name ?? "")
  );
}

export const configRolls = workloadRule({
  id: "config-rolls",
  number: "X16",
  items: [10],
  severity: "high",
  levels: inProduction,
  title: "A changed setting reaches running pods",
  why: "Pods keep the old value until they happen to restart: half the replicas run with each.",
  fix: `new k8s.core.v1.ConfigMap("order", { data }) // without metadata.name: a change makes a new name, and the pods roll`,
  *across(workload, { graph }) {
    if (workload.kind !== "Deployment" && workload.kind !== "StatefulSet" && workload.kind !== "DaemonSet")
      return notApplicable;
    const told = new Set<Config>(); // one object is one finding, however many of its keys are taken
    for (const ref of refsOf(workload)) {
      const config = referred(graph, workload, ref);
      if (!config || told.has(config) || ref.way === "imagePullSecret" || renamed(config) || restarts(workload, config))
        continue;
      told.add(config);
      const how =
        ref.way === "volume"
          ? "is updated in place, but the process has to notice"
          : `arrives by ${ref.way}, which is read once`;
      yield {
        path: ref.path,
        found: `${ref.kind} ${ref.name}, whose name stays when its content changes`,
        wanted: "an auto-named object, a checksum annotation on the pod template, or a reloader",
        note: how,
        related: [config],
      };
    }
  },
});
