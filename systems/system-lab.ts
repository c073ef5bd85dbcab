import { setTimeout as sleep } from "node:timers/promises";
import { createConnection } from "mysql2/promise";
import { settingPrefix } from "../model/names.ts";
import { planSystem, type SystemPlan } from "../model/plan.ts";
import { declareTopics } from "../runtime/events/declare-topics.ts";
import { freePort, type LabServer, startKafka, startMariaDb } from "../runtime/lab/lab.ts";
import { LabProcess } from "../runtime/lab/lab-process.ts";
import { createLog } from "../runtime/process/log.ts";
import type { System } from "../model/system.ts";

/** What a lab runs, as it is described and planned, and the servers beside it. */
interface Parts {
  readonly plan: SystemPlan;
  /** Folder of the description, as an address. */
  readonly folder: URL;
  readonly database: LabServer;
  readonly kafka: LabServer;
  /** Where the services answer. */
  readonly ports: ReadonlyMap<string, number>;
}

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Record<string, unknown> & { items: Record<string, unknown>[] };
}

/** All services on the kit as processes of this machine, with a real broker and a real database. */
export interface SystemLab<Service extends string = string> {
  readonly databasePort: number;
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
  close(): Promise<void>;
}

interface Migrations {
  /** Makes the tables of a service; throws with what it said when it cannot. */
  migrate(service: string): Promise<void>;
}

/** Starts everything of a system that is on the kit; throws NotInstalled where broker or database cannot be had. */
export async function startSystemLab<Service extends string>(
  system: System<Service, string, string>,
  folder: URL,
): Promise<SystemLab<Service>> {
  const plan = planSystem(system, "dev");
  const services = plan.workloads.filter(({ source }) => source.kind === "kit").map(({ name }) => name);
  const database = await startMariaDb();
  const kafka = await startKafka().catch(async (error: unknown) => {
    await database.stop();
    throw error;
  });
  await prepare(plan, database, kafka);
  const ports = new Map<string, number>();
  for (const service of services) ports.set(service, await freePort());
  const lab = labOn({ plan, folder, database, kafka, ports });
  const begin = async (service: string) => {
    await lab.migrate(service);
    await lab.start(service);
  };
  const failed = (await Promise.allSettled(services.map(begin))).find((result) => result.status === "rejected");
  if (failed === undefined) return lab;
  await lab.close();
  throw failed.reason;
}

type Launch = (service: string, port?: number, ...args: string[]) => Promise<LabProcess>;
type Address = (service: string) => string;

/** Starts one process of a service, with the settings of the plan. */
function launcher(parts: Parts, url: Address): Launch {
  return async (service, port = parts.ports.get(service), ...args) => {
    const file = new URL(`services/${service}.ts`, parts.folder).pathname;
    const own = { PORT: String(port), METRICS_PORT: String(await freePort()) };
    const env = { ...environment(parts, service, url), ...own };
    return new LabProcess(service, process.execPath, [file, ...args], env);
  };
}

function labOn(parts: Parts): SystemLab & Migrations {
  const processes = new Map<string, LabProcess>();
  const url: Address = (service) => `http://127.0.0.1:${parts.ports.get(service) ?? 0}`;
  const run = launcher(parts, url);
  const lab: SystemLab & Migrations = {
    databasePort: parts.database.port,
    async request(service, method, path, body, headers) {
      try {
        return await send(method, url(service) + path, body, headers);
      } catch (error) {
        const child = processes.get(service);
        throw child?.runs === false ? child.fault("has ended") : error;
      }
    },
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
    async stop(service, signal) {
      const child = processes.get(service);
      processes.delete(service);
      return child === undefined ? null : child.kill(signal);
    },
    async close() {
      await Promise.all([...processes.keys()].map((service) => lab.stop(service, "SIGKILL")));
      await Promise.all([parts.database.stop(), parts.kafka.stop()]);
    },
  };
  return lab;
}

async function send(method: string, url: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
  const json =
    body === undefined
      ? {}
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

async function prepare(plan: SystemPlan, database: LabServer, kafka: LabServer): Promise<void> {
  const log = createLog({ service: "lab", version: "0", logLevel: "silent" });
  const connection = await createConnection({ host: "127.0.0.1", port: database.port, user: "any" });
  for (const { database } of plan.stores)
    await connection.query("CREATE DATABASE ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", [database]);
  await connection.end();
  const topics = plan.messaging.topics.map(({ name }) => ({ name, partitions: 2, replicas: 1, configs: {} }));
  await declareTopics({ brokers: [`127.0.0.1:${kafka.port}`], auth: "none" }, topics, log);
}

/** The settings of the plan, with the stores and neighbours of the lab. */
function environment({ plan, database, kafka }: Parts, service: string, url: Address): Record<string, string> {
  const { settings = {}, calls = [] } = plan.workloads.find(({ name }) => name === service) ?? {};
  const urls = calls.map(({ callee }) => [`${settingPrefix(callee)}_URL`, url(callee)]);
  return {
    ...settings,
    ...(Object.fromEntries(urls) as Record<string, string>),
    VERSION: "lab",
    DRAIN_SECONDS: "5",
    LOG_LEVEL: "error",
    KAFKA_BROKERS: `127.0.0.1:${kafka.port}`,
    DATABASE_HOST: "127.0.0.1",
    DATABASE_PORT: String(database.port),
    DATABASE_USER: service,
    DATABASE_PASSWORD: "not-asked-for-here",
  };
}
