import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { clusterFolders } from "./folders.ts";
import { ClusterError } from "./cluster-error.ts";
import { writeAtomically } from "../../machine/write-atomically.ts";

/** What is fixed when a cluster is made and read again by every later command. */
export interface ClusterConfig {
  readonly name: string;
  /** Port of the API server on 127.0.0.1. */
  readonly apiPort: number;
  /** Port of the gateway's HTTP entry on 127.0.0.1. */
  readonly httpPort: number;
  /** Names under which the entry answers besides those of this machine; each must be known to lead here, as in /etc/hosts. */
  readonly httpNames: readonly string[];
  /** Third octet of 10.213.x.0/30, the link between host and cluster. */
  readonly link: number;
  /** Systems whose routes the HTTP entry serves; each is in the namespace of its name. */
  readonly systems: readonly string[];
}

/** What may be said about a cluster; what is not, stays as it is recorded. */
export interface ClusterWishes {
  readonly apiPort?: number | undefined;
  readonly httpPort?: number | undefined;
  readonly httpNames?: readonly string[] | undefined;
  /** These besides the recorded ones. */
  readonly systems?: readonly string[] | undefined;
}

const defaultPorts = { apiPort: 16443, httpPort: 8080 };

/** Addresses inside the cluster; pods and Services may overlap between clusters, since each has its own network namespace. */
export function addresses(config: ClusterConfig) {
  return {
    host: `10.213.${config.link}.1`,
    node: `10.213.${config.link}.2`,
    pods: "10.244.0.0/24",
    services: "10.96.0.0/16",
    apiService: "10.96.0.1",
    dns: "10.96.0.10",
  };
}

type LongRecorded = Omit<ClusterConfig, "httpNames" | "systems"> & Partial<ClusterConfig>;

/** Reads the recorded config, or undefined for a cluster that was never made. */
export function readConfig(name: string): ClusterConfig | undefined {
  const file = join(clusterFolders(name).state, "cluster.json");
  if (!existsSync(file)) return undefined;
  // A cluster may have been made before its entry was told whom to serve, and under which names.
  return { httpNames: [], systems: [], ...(JSON.parse(readFileSync(file, "utf8")) as LongRecorded) };
}

/** The recorded config with what is wanted laid over it; nothing is written. */
export function planConfig(name: string, wishes: ClusterWishes): ClusterConfig {
  checkName(name);
  checkPort("api-port", wishes.apiPort);
  checkPort("http-port", wishes.httpPort);
  wishes.httpNames?.forEach(checkHostName);
  const recorded = readConfig(name);
  return {
    name,
    apiPort: wishes.apiPort ?? recorded?.apiPort ?? defaultPorts.apiPort,
    httpPort: wishes.httpPort ?? recorded?.httpPort ?? defaultPorts.httpPort,
    httpNames: wishes.httpNames ?? recorded?.httpNames ?? [],
    link: recorded?.link ?? linkOf(name),
    systems: [...new Set([...(recorded?.systems ?? []), ...(wishes.systems ?? [])])].toSorted(),
  };
}

/** Records the config for later commands. */
export function writeConfig(config: ClusterConfig): void {
  writeAtomically(join(clusterFolders(config.name).state, "cluster.json"), JSON.stringify(config, null, 2));
}

/** Whether files, interfaces and hosts may be called so. */
export function isClusterName(name: string): boolean {
  return /^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/.test(name);
}

/** Refuses names that would make bad host names, interface names or paths; nothing is read or written before this. */
export function checkName(name: string): void {
  if (isClusterName(name)) return;
  throw new ClusterError(
    `cluster name "${name}" is not usable: wanted at most 20 lower-case letters, digits and hyphens, first a letter, last no hyphen. ` +
      "Choose another --name.",
    2,
  );
}

function checkPort(option: string, port: number | undefined): void {
  if (port === undefined || (Number.isInteger(port) && port > 0 && port < 65536)) return;
  throw new ClusterError(`--${option} is ${port}: wanted a whole number from 1 to 65535.`, 2);
}

function checkHostName(name: string): void {
  if (/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name)) return;
  throw new ClusterError(
    `--http-names has "${name}": wanted host names with commas between them, such as shop.test.`,
    2,
  );
}

function linkOf(name: string): number {
  return createHash("sha256").update(name).digest().readUInt8(0);
}
