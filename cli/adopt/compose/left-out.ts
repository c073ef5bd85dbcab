import { entries, get, items, type Node, plain, textOf } from "../reading/node.ts";
import type { Note } from "../reading/place.ts";

/** Words of a service that are carried over, or whose work is done here for every service. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  ...["image", "build", "command", "entrypoint", "environment", "env_file", "ports", "expose", "volumes", "tmpfs"],
  ...["healthcheck", "depends_on", "links", "deploy", "mem_limit", "mem_reservation", "memswap_limit", "cpus", "user"],
  ...["stop_grace_period", "secrets", "configs", "network_mode", "networks", "profiles", "extends", "scale"],
  // Restarts, names, logs and a closed container are what every service has here.
  ...["container_name", "hostname", "restart", "init", "read_only", "logging", "stdin_open", "tty", "pull_policy"],
  ...["security_opt", "cap_drop", "develop", "platform", "cpu_shares", "oom_score_adj", "attach"],
]);
/** Labels of tools around Compose that say nothing about the program. */
const LABELS = /^(com\.docker\.|org\.opencontainers\.|desktop\.docker\.|logging)/;

/** What a service says that is not carried over, in its own words. */
export function leftOut(service: Node): Note[] {
  const strange = entries(service).filter(([key]) => !UNDERSTOOD.has(key) && key !== "labels" && !key.startsWith("x-"));
  const labels = entries(get(service, "labels")).filter(([key]) => !LABELS.test(key));
  return [
    ...strange.map(([key, node]) => ({ at: node.at, text: `${key}: ${shown(node)} is not carried over` })),
    ...labels.map(([key, node]) => ({ at: node.at, text: `label ${key}: ${shown(node)} is not carried over` })),
    ...deployed(service),
    ...network(service),
    ...userNotes(service),
  ];
}

function deployed(service: Node): Note[] {
  const deploy = get(service, "deploy");
  const placed = get(deploy, "placement") ?? get(deploy, "endpoint_mode");
  const global = get(deploy, "mode");
  return [
    ...(placed === undefined ? [] : [{ at: placed.at, text: `deploy: ${shown(placed)} is not carried over` }]),
    ...(textOf(global) === "global" && global !== undefined
      ? [{ at: global.at, text: "deploy.mode: global is not carried over: one on every machine is no service" }]
      : []),
    ...items(get(service, "external_links")).map(({ at, value }) => ({ at, text: `external_links: ${String(value)}` })),
  ];
}

function network(service: Node): Note[] {
  const mode = get(service, "network_mode");
  if (mode === undefined || ["bridge", "default"].includes(textOf(mode) ?? "")) return [];
  const why =
    textOf(mode) === "host"
      ? "a pod has a network of its own, and asks others by their names"
      : "each pod has its own network";
  return [{ at: mode.at, text: `network_mode: ${shown(mode)} is not carried over: ${why}` }];
}

const LONGEST = 100;

function shown(node: Node): string {
  const text = JSON.stringify(plain(node)) ?? "";
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

function userNotes(service: Node): Note[] {
  const user = get(service, "user");
  const text = textOf(user) ?? "";
  if (user === undefined || /^[1-9]\d*(:|$)/.test(text)) return [];
  return [
    {
      at: user.at,
      text: `user: ${text} is not carried over: no program here is root, and a name is known to its image alone`,
    },
  ];
}
