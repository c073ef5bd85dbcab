import { own } from "../../../model/harmless/own.ts";
import { spanOf, surge } from "../../views/capacity.ts";
import { environment } from "../../views/config-refs.ts";
import { MissingFact, type Facts } from "../../resources/facts.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Workload } from "../../resources/pods.ts";
import type { Resource } from "../../resources/resource.ts";
import { everywhere, inProduction, limit, notApplicable, stackRule } from "../../judging/rule.ts";

interface InstanceProps {
  readonly identifier?: string;
  readonly engine?: string;
  readonly instanceClass?: string;
  readonly parameterGroupName?: string;
}
interface Client {
  readonly workload: Workload;
  readonly path: string;
  readonly size: number;
  readonly pods: number;
  readonly server: Server;
}
interface Server {
  readonly most: number;
  readonly related: readonly Resource[];
}
interface GroupProps {
  readonly name?: string;
  readonly parameters?: readonly { readonly name?: string; readonly value?: string }[];
}

const POOL = /(^|_)(POOL|POOL_SIZE|POOL_MAX|MAX_POOL_SIZE|MAXIMUM_POOL_SIZE|CONNECTION_LIMIT|MAX_OPEN_CONNS)$/;
const DATABASE_NAME = /(^|_)(DB|DATABASE|MYSQL|MARIADB|PG|POSTGRES|SQL|DATASOURCE|HIKARI|JDBC|R2DBC)/;

export const connectionsSuffice = stackRule({
  id: "connections-suffice",
  number: "X23",
  items: [30],
  severity: "critical",
  levels: inProduction,
  title: "The database accepts all connections that its clients may open at the peak",
  why: 'At the peak, while a rollout surges, new pods get "too many connections" and fail together.',
  fix: `new aws.rds.ParameterGroup("orders", { family: "mariadb11.4", parameters: [{ name: "max_connections", value: "400" }] })`,
  limits: { share: limit("share of the connections that pools may take", 0.8) },
  *across(graph: Graph, { facts, limit: { share } }) {
    const clients = graph.workloads.flatMap((workload) => clientOf(graph, facts, workload) ?? []);
    if (clients.length === 0) return notApplicable;
    for (const [server, its] of Map.groupBy(clients, (client) => client.server)) {
      const needed = its.reduce((sum, { size, pods }) => sum + size * pods, 0);
      const [first] = its;
      if (!first || needed <= share * server.most) continue;
      const terms = its.map(({ workload, pods, size }) => `${workload.name} ${pods} pods × ${size}`);
      yield {
        path: first.path,
        found: `${needed} connections`,
        wanted: `<= ${share * server.most}`,
        note: `${terms.join(" + ")}; ${share} × max_connections ${server.most}`,
        on: first.workload.resource,
        related: [...server.related, ...its.map(({ workload }) => workload.resource)],
      };
    }
  },
});

/** A workload with a pool of connections, at its peak; undefined for one without. */
function clientOf(graph: Graph, facts: Facts, workload: Workload): Client | undefined {
  const variables = environment(graph, workload);
  const pool = [...variables].find(
    ([name, { value }]) => POOL.test(name) && (DATABASE_NAME.test(name) || name === "POOL_SIZE") && /^\d+$/.test(value),
  );
  const span = pool ? spanOf(graph, workload) : undefined;
  if (!pool || !span) return undefined;
  const [, { path, value }] = pool;
  const host = (variables.get("DATABASE_HOST") ?? variables.get("DB_HOST"))?.value ?? "";
  const pods = span.ceiling + surge(workload, span.ceiling);
  return { workload, path, size: Number(value), pods, server: serverAt(graph, facts, host) };
}

/** The server behind a host name: the only one, the one that it names, or the one that the facts describe. */
function serverAt(graph: Graph, facts: Facts, host: string): Server {
  const servers = graph.once("database servers", () =>
    graph
      .of<InstanceProps>("aws:rds/instance:Instance")
      .map((instance) => ({ instance, server: connections(graph, instance) })),
  );
  const named = servers.find(({ instance }) => host.startsWith(`${instance.props.identifier}.`));
  const server = (servers.length > 1 ? (named ?? servers[0]) : servers[0])?.server;
  if (server) return server;
  if (facts.maxConnections !== undefined)
    return graph.once("stated database server", () => ({ most: facts.maxConnections ?? 0, related: [] }));
  throw new MissingFact(
    "maxConnections",
    "max_connections is neither declared here nor stated in the policy configuration",
  );
}

/** Connections that a declared server accepts: of its parameter group, else the engine's formula over the memory of its class. */
function connections(graph: Graph, instance: Resource<InstanceProps>): Server | undefined {
  const group = graph
    .of<GroupProps>("aws:rds/parameterGroup:ParameterGroup")
    .find(({ props, name }) => (props.name ?? name) === instance.props.parameterGroupName);
  const stated = group?.props.parameters?.find(({ name }) => name === "max_connections")?.value;
  if (stated !== undefined && /^\d+$/.test(String(stated)))
    return { most: Number(stated), related: group ? [instance, group] : [instance] };
  const gib = classMemory(instance.props.instanceClass ?? "");
  if (gib === undefined) return undefined;
  const { each, most } = /postgres/.test(instance.props.engine ?? "")
    ? BY_DEFAULT.postgres
    : instance.props.engine === "mariadb"
      ? BY_DEFAULT.mariadb
      : BY_DEFAULT.mysql;
  return { most: Math.min(most, Math.floor((gib * 2 ** 30) / each)), related: [instance] };
}

/** AWS's default parameter groups: bytes of memory for each connection, and the most whatever the memory (MariaDB as of 10.6). */
const BY_DEFAULT = {
  postgres: { each: 9_531_392, most: 5000 },
  mariadb: { each: 25_165_760, most: 12_000 },
  mysql: { each: 12_582_880, most: Infinity },
} as const;

const T_MEMORY: Readonly<Record<string, number>> = {
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};
const CORES: Readonly<Record<string, number>> = {
  large: 2,
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
  "8xlarge": 32,
  "12xlarge": 48,
  "16xlarge": 64,
};

function classMemory(name: string): number | undefined {
  const [, family = "", size = ""] = /^db\.([a-z]+\d[a-z]*)\.(\w+)$/.exec(name) ?? [];
  if (family.startsWith("t")) return own(T_MEMORY, size);
  const cores = own(CORES, size);
  return cores === undefined ? undefined : cores * (family.startsWith("r") || family.startsWith("x") ? 8 : 4);
}

export const databaseOfItsOwn = stackRule({
  id: "database-of-its-own",
  number: "C28",
  items: [30, 18],
  severity: "high",
  levels: everywhere,
  title: "No two services use the same database with the same user",
  why: "Services that share tables cannot change them, and each can destroy what the other wrote.",
  fix: `data: { DATABASE_NAME: "orders", DATABASE_USER: "orders" }`,
  *across(graph: Graph) {
    const owners = new Map<string, Resource>();
    for (const workload of graph.workloads) {
      if (workload.kind === "Job" || workload.kind === "CronJob") continue;
      const variables = environment(graph, workload);
      const [host, name, user] = ["HOST", "NAME", "USER"].map(
        (part) => variables.get(`DATABASE_${part}`) ?? variables.get(`DB_${part}`),
      );
      if (!host || !name || !user) continue;
      const key = `${host.value}/${name.value}/${user.value}`;
      const owner = owners.get(key);
      if (owner)
        yield {
          path: name.path,
          found: `database ${name.value} as ${user.value}, which ${owner.name} uses too`,
          wanted: "a database and a user of its own",
          on: workload.resource,
          related: [owner],
        };
      else owners.set(key, workload.resource);
    }
    if (owners.size === 0) return notApplicable;
  },
});
