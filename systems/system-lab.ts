import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { createConnection } from "mysql2/promise";
import { Client, escapeIdentifier } from "pg";
import { settingPrefix, VERIFIER } from "../model/names.ts";
import { planSystem, type SystemPlan } from "../model/plan.ts";
import { mariaDbStores, postgresStores } from "../model/plan/stores.ts";
import type { System } from "../model/system.ts";
import { declareTopics } from "../runtime/events/declare-topics.ts";
import { freePort } from "../runtime/lab/free-port.ts";
import { type LabServer, startKafka, startMariaDb } from "../runtime/lab/lab.ts";
import { startPostgres } from "../runtime/lab/lab-postgres.ts";
import { LabProcess } from "../runtime/lab/lab-process.ts";
import type { ListedRoute } from "../runtime/http/route-list.ts";
import { createLog } from "../runtime/process/log.ts";

const PASSWORD = "not-asked-for-here";
const ON_POSTGRES = { host: "127.0.0.1", user: "postgres", password: PASSWORD } as const;

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Record<string, unknown> & { items: Record<string, unknown>[] };
}

/** All services of a system that are on the kit as processes of this machine, with a real broker and real databases. */
export interface SystemLab<Service extends string = string> {
  readonly databasePort: number;
  /** Where a service answers. */
  address(service: Service): string;
  request(
    service: Service,
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  start(service: Service): Promise<void>;
  /** Starts one more process of a service, beside the one that answers requests; what it gives ends it. */
  addReplica(service: Service): Promise<(signal: "SIGTERM" | "SIGKILL") => Promise<number | null>>;
  /** Has a service do something else than serve; answers its exit code. */
  task(service: Service, name: "migrate" | "rebuild"): Promise<number | null>;
  /** Ends a service; SIGKILL is what a crashed node does. */
  stop(service: Service, signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
  /** What a service answers, as it says itself. */
  routes(service: Service): Promise<ListedRoute[]>;
  close(): Promise<void>;
}

interface Migrations<Service extends string> {
  /** Makes the tables of a service; throws with what it said when it cannot. */
  migrate(service: Service): Promise<void>;
}

/** Starts everything, as it is described and planned; throws NotInstalled where broker or database cannot be had. */
export async function startSystemLab<Service extends string>(
  system: System<Service, string, string>,
): Promise<SystemLab<Service>> {
  const plan = planSystem(system, "dev");
  const services = plan.workloads.filter(({ source }) => source.kind === "kit").map(({ name }) => name as Service);
  const servers = await startServers(plan);
  await prepare(plan, servers);
  const ports = new Map<Service, number>();
  for (const service of services) ports.set(service, await freePort());
  const lab = labOn(plan, servers, ports);
  const begin = async (service: Service) => {
    await lab.migrate(service);
    await lab.start(service);
  };
  const failed = (await Promise.allSettled(services.map(begin))).find((result) => result.status === "rejected");
  if (failed === undefined) return lab;
  await lab.close();
  throw failed.reason;
}

/** What a system stands on: the stores by their kind. */
interface Servers {
  readonly kafka: LabServer;
  readonly mariadb: LabServer;
  readonly postgres: LabServer | null;
}

/** Those that the system has, or none. */
async function startServers({ stores }: SystemPlan): Promise<Servers> {
  const started: LabServer[] = [];
  const keep = async (start: Promise<LabServer>): Promise<LabServer> => {
    const server = await start;
    started.push(server);
    return server;
  };
  try {
    const mariadb = await keep(startMariaDb());
    const postgres = stores.some(({ kind }) => kind === "postgres") ? await keep(startPostgres(PASSWORD)) : null;
    return { mariadb, postgres, kafka: await keep(startKafka()) };
  } catch (error) {
    await Promise.all(started.map((server) => server.stop()));
    throw error;
  }
}

type Launch<Service> = (service: Service, port?: number, ...args: string[]) => Promise<LabProcess>;
type Address = (service: string) => string;

/** Starts one process of a service, with the settings of the plan. */
function launcher<Service extends string>(
  plan: SystemPlan,
  servers: Servers,
  ports: ReadonlyMap<Service, number>,
  url: Address,
): Launch<Service> {
  return async (service, port = ports.get(service), ...args) => {
    const file = programOf(plan, service);
    const own = { PORT: String(port), METRICS_PORT: String(await freePort()) };
    const env = { ...environment(plan, service, servers, url), ...own };
    return new LabProcess(service, process.execPath, [file, ...args], env);
  };
}

const programOf = (plan: SystemPlan, service: string): string =>
  new URL(`${plan.name}/services/${service}.ts`, import.meta.url).pathname;

function labOn<Service extends string>(
  plan: SystemPlan,
  servers: Servers,
  ports: ReadonlyMap<Service, number>,
): SystemLab<Service> & Migrations<Service> {
  const processes = new Map<Service, LabProcess>();
  const url: Address = (service) => `http://127.0.0.1:${ports.get(service as Service) ?? 0}`;
  const run = launcher(plan, servers, ports, url);
  const stop: SystemLab<Service>["stop"] = async (service, signal) => {
    const child = processes.get(service);
    processes.delete(service);
    return child === undefined ? null : child.kill(signal);
  };
  return {
    databasePort: servers.mariadb.port,
    address: url,
    request: (service, method, path, body, headers) =>
      asked(processes.get(service), send(method, url(service) + path, body, { ...callerIn(plan), ...headers })),
    async start(service) {
      const child = await run(service);
      processes.set(service, child);
      await child.answers(async () => (await fetch(`${url(service)}/healthz/ready`)).ok, 90_000);
    },
    async migrate(service) {
      const task = await run(service, undefined, "migrate");
      if ((await task.ended()) !== 0) throw task.fault("could not migrate its tables");
    },
    async addReplica(service) {
      const child = await run(service, await freePort());
      return (signal) => child.kill(signal);
    },
    task: async (service, name) => (await run(service, undefined, name)).ended(),
    stop,
    routes: (service) => routesOf(programOf(plan, service), environment(plan, service, servers, url)),
    async close() {
      await Promise.all([...processes.keys()].map((service) => stop(service, "SIGKILL")));
      await Promise.all(Object.values(servers).map((server: LabServer | null) => server?.stop()));
    },
  };
}

async function routesOf(program: string, settings: Readonly<Record<string, string>>): Promise<ListedRoute[]> {
  const env = { ...process.env, ...settings };
  const { stdout } = await promisify(execFile)(process.execPath, [program, "routes"], { env });
  return JSON.parse(stdout) as ListedRoute[];
}

/** What the entry of a system that signs callers in says of one who may do everything. */
export function callerIn({ entry }: SystemPlan): Record<string, string> {
  if (!entry?.signIn) return {};
  const scopes = entry.routes.flatMap(({ scopes: asked }) => asked ?? []);
  return { [VERIFIER.subject]: "lab", [VERIFIER.scopes]: [...new Set(scopes)].join(" ") };
}

/** A service that has ended says why; that it does not answer says nothing. */
async function asked(child: LabProcess | undefined, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw child?.runs === false ? child.fault("has ended") : error;
  }
}

async function send(method: string, url: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
  const json =
    body === undefined
      ? { headers }
      : { body: JSON.stringify(body), headers: { ...headers, "content-type": "application/json" } };
  const response = await fetch(url, { method, ...json });
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    body: (response.status === 204 ? {} : await response.json()) as Answer["body"],
  };
}

/** Waits until something holds; a failure to find out counts as not yet. */
export async function until(what: string, holds: () => Promise<boolean>, timeoutMs = 45_000): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await holds().catch(() => false)); await sleep(50)) {
    if (Date.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms: ${what}`);
  }
}

async function prepare({ stores, messaging }: SystemPlan, { mariadb, postgres, kafka }: Servers): Promise<void> {
  const log = createLog({ service: "lab", version: "0", logLevel: "silent" });
  const connection = await createConnection({ host: "127.0.0.1", port: mariadb.port, user: "any" });
  for (const { database } of mariaDbStores({ stores }))
    await connection.query("CREATE DATABASE ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", [database]);
  await connection.end();
  if (postgres !== null) {
    const client = new Client({ ...ON_POSTGRES, port: postgres.port, database: "postgres" });
    await client.connect();
    for (const { database } of postgresStores({ stores }))
      await client.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
    await client.end();
  }
  const topics = messaging.topics.map(({ name }) => ({ name, partitions: 2, replicas: 1, configs: {} }));
  await declareTopics({ brokers: [`127.0.0.1:${kafka.port}`], auth: "none" }, topics, log);
}

/** The settings of the plan, with the stores and neighbours of the lab. */
function environment(
  { workloads }: SystemPlan,
  service: string,
  { kafka, mariadb, postgres }: Servers,
  url: Address,
): Record<string, string> {
  const { settings = {}, calls = [] } = workloads.find(({ name }) => name === service) ?? {};
  const urls = calls.map(({ callee }) => [`${settingPrefix(callee)}_URL`, url(callee)]);
  const server = settings["DATABASE_ENGINE"] === "postgres" ? (postgres ?? mariadb) : mariadb;
  return {
    ...settings,
    ...(Object.fromEntries(urls) as Record<string, string>),
    VERSION: "lab",
    DRAIN_SECONDS: "5",
    LOG_LEVEL: "error",
    KAFKA_BROKERS: `127.0.0.1:${kafka.port}`,
    DATABASE_HOST: "127.0.0.1",
    DATABASE_PORT: String(server.port),
    DATABASE_USER: ON_POSTGRES.user, // MariaDB lets anybody in here
    DATABASE_PASSWORD: PASSWORD,
  };
}
