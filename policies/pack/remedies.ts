/** Safe local defaults that the engine may fill in at level "remediate". Nothing is invented: no probes, no limits. */

import type { Props } from "../resources/resource.ts";

type Mutable = { [key: string]: unknown };
type Remedy = (props: Props) => Props | undefined;

/** Remedies for a kind, as one function; it returns nothing when nothing was missing. */
export function remedyFor(kind: string): Remedy | undefined {
  if (kind === "Deployment")
    return (props) =>
      changed(props, [securePods(template(props)), waitBeforeStop(template(props)), surgeFirst(child(props, "spec"))]);
  if (kind === "StatefulSet" || kind === "DaemonSet") return (props) => changed(props, [securePods(template(props))]);
  if (kind === "aws:rds/instance:Instance" || kind === "aws:rds/cluster:Cluster")
    return (props) =>
      changed(props, [fill(props as Mutable, "deletionProtection", true), exportLogs(props as Mutable)]);
  return undefined;
}

function changed(props: Props, steps: readonly boolean[]): Props | undefined {
  return steps.includes(true) ? props : undefined;
}

function template(props: Props): Mutable | undefined {
  return child(child(child(props, "spec"), "template"), "spec");
}

function child(parent: unknown, name: string): Mutable | undefined {
  const value = (parent as Mutable | undefined)?.[name];
  return typeof value === "object" && value !== null ? (value as Mutable) : undefined;
}

function containers(pod: Mutable | undefined): Mutable[] {
  return ["initContainers", "containers"].flatMap((list) => items(pod?.[list]));
}

/** Items of a list by index: the engine's proxies break the methods that make new arrays. */
function items(list: unknown): Mutable[] {
  return Array.isArray(list) ? Array.from({ length: list.length }, (_, index) => list[index] as Mutable) : [];
}

/** seccomp of the runtime, and no privilege escalation, where nothing is said. */
function securePods(pod: Mutable | undefined): boolean {
  if (!pod) return false;
  const own = containers(pod).some((container) => child(container, "securityContext")?.["seccompProfile"]);
  const seccomp = !own && fill(within(pod, "securityContext"), "seccompProfile", { type: "RuntimeDefault" });
  const escalation = containers(pod).map((container) =>
    fill(within(container, "securityContext"), "allowPrivilegeEscalation", false),
  );
  return seccomp || escalation.includes(true);
}

/** Seconds that endpoints and load balancers need to learn of a stopping pod. */
const WAIT_SECONDS = 8;

function waitBeforeStop(pod: Mutable | undefined): boolean {
  const grace = Number(pod?.["terminationGracePeriodSeconds"] ?? 30);
  if (!pod || grace < WAIT_SECONDS + 10) return false; // a sleep that does not fit would do harm
  return items(pod["containers"])
    .filter((container) => container["ports"])
    .map((container) => fill(within(container, "lifecycle"), "preStop", { sleep: { seconds: WAIT_SECONDS } }))
    .includes(true);
}

function surgeFirst(spec: Mutable | undefined): boolean {
  if (!spec || (child(spec, "strategy")?.["type"] ?? "RollingUpdate") !== "RollingUpdate") return false;
  const rolling = within(within(spec, "strategy"), "rollingUpdate");
  if (rolling["maxSurge"] === 0 || rolling["maxSurge"] === "0%") return false; // somebody wants no surge, and then one pod must go first
  return fill(rolling, "maxUnavailable", 0);
}

const LOGS: Readonly<Record<string, readonly string[]>> = {
  mariadb: ["audit", "error", "general", "slowquery"],
  mysql: ["error", "slowquery"],
  postgres: ["postgresql", "upgrade"],
};

function exportLogs(props: Mutable): boolean {
  const logs = LOGS[String(props["engine"])];
  return logs !== undefined && fill(props, "enabledCloudwatchLogsExports", [...logs]);
}

/** Sets what is not set and says whether it did. */
function fill(object: Mutable, name: string, value: unknown): boolean {
  if (object[name] !== undefined && object[name] !== null) return false;
  object[name] = value;
  return true;
}

/** The object under a name, made when it is not there. */
function within(parent: Mutable, name: string): Mutable {
  if (typeof parent[name] !== "object" || parent[name] === null) parent[name] = {};
  return parent[name] as Mutable;
}
