import { join } from "node:path";
import { askedBy } from "../../cli/adopt/asked.ts";
import { describedFrom } from "../../cli/adopt/described-from.ts";
import { reportOf } from "../../cli/adopt/report.ts";
import type { Described } from "../../cli/adopt/writing/describe.ts";
import { identifierOf } from "../../cli/adopt/writing/label.ts";
import { descriptionText, doorsFrom } from "../../cli/adopt/writing/text.ts";

/** Somebody's files, and what is read of them. The description that they should give stands beside them as system.ts. */
export interface Case {
  readonly folder: string;
  /** Arguments of the command, from the folder. */
  readonly args: readonly string[];
  readonly what: string;
}

// biome-ignore format: one case a line
export const ADOPTED: readonly Case[] = [
  { folder: "profiles", args: ["compose.yaml", "--profile", "import"], what: "profiles: what nobody asks for is left out and named" },
  { folder: "waiting", args: ["compose.yaml"], what: "depends_on with conditions, health, sizes, and a program that ends before another starts" },
  { folder: "variables", args: ["compose.yaml"], what: ".env, env_file, defaults, and variables that nobody sets" },
  { folder: "secrets", args: ["compose.yaml"], what: "secrets, configs, passwords in variables and addresses" },
  { folder: "volumes", args: ["compose.yaml"], what: "named volumes, mounted files and sockets, tmpfs, an address in a mounted file" },
  { folder: "two-ports", args: ["compose.yaml"], what: "services with two ports, of which callers ask one or both" },
  { folder: "database", args: ["compose.yaml"], what: "a database server with init scripts, two databases and three spellings of an address" },
  { folder: "kafka", args: ["compose.yaml"], what: "Kafka, with and without names of topics" },
  { folder: "redis", args: ["compose.yaml"], what: "Redis, and stores that are only reached" },
  { folder: "host-network", args: ["compose.yaml"], what: "host networking, links and an old version" },
  { folder: "build-args", args: ["compose.yaml"], what: "builds with arguments, and a database built from its image" },
  { folder: "anchors", args: ["-f", "compose.yaml", "-f", "compose.override.yaml"], what: "anchors, extends, include, !override and !reset over several files" },
  { folder: "names", args: ["compose.yaml"], what: "names that are reserved words, have capitals or are longer than a label" },
  { folder: "manifests", args: ["k8s", "--name", "library"], what: "Kubernetes manifests with ConfigMaps, Secrets, probes, an Ingress, an autoscaler and a CronJob" },
  { folder: "shared", args: ["k8s", "--name", "bank"], what: "one ConfigMap for all, of which sources say who asks for what" },
  { folder: "gateway", args: ["compose.yaml"], what: "the one of several published ports that users come to, ports in variables of their own, traces" },
  { folder: "cluster", args: ["all.json", "--name", "mail"], what: "a list of a running cluster, with a database by its variables" },
];

/** The description of a case and what is said about it, as the command writes them into the folder of the case. */
export function adoptedAs({ folder, args }: Case): {
  readonly described: Described;
  readonly text: string;
  readonly report: string;
} {
  const before = process.cwd();
  process.chdir(join(import.meta.dirname, folder));
  try {
    const asked = askedBy(args);
    const described = describedFrom(asked);
    const { name } = described.system;
    const file = join(asked.into, "system.ts");
    const text = descriptionText(described, identifierOf(name), doorsFrom(file), asked.paths);
    return { described, text, report: reportOf(described, name, file) };
  } finally {
    process.chdir(before);
  }
}
