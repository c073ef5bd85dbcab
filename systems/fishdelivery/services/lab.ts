import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { createConnection } from "mysql2/promise";
import { declareTopics } from "../../../runtime/events/declare-topics.ts";
import { freePort, type LabServer, startKafka, startMariaDb } from "../../../runtime/lab/lab.ts";
import { createLog } from "../../../runtime/process/log.ts";

const SERVICES = ["order", "payment", "fishstore", "delivery", "mypage"] as const;
export type Service = (typeof SERVICES)[number];

const CONSUMES: Readonly<Record<Service, readonly Service[]>> = {
  order: ["payment", "fishstore", "delivery"],
  payment: ["order"],
  fishstore: ["payment", "order"],
  delivery: ["fishstore", "order"],
  mypage: ["order", "payment", "fishstore", "delivery"],
};

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Record<string, unknown> & { items: Record<string, unknown>[] };
}

/** All services as processes of this machine, with a real broker and a real database. */
export interface Lab {
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

/** Starts everything; throws NotInstalled where broker or database cannot be had. */
export async function startLab(): Promise<Lab> {
  const database = await startMariaDb();
  const kafka = await startKafka().catch(async (error: unknown) => {
    await database.stop();
    throw error;
  });
  await prepare(database, kafka);
  const ports = new Map<Service, number>();
  for (const service of SERVICES) ports.set(service, await freePort());
  const lab = labOn(database, kafka, ports);
  const begin = async (service: Service) => {
    if ((await lab.task(service, "migrate")) !== 0) throw new Error(`the migration of ${service} failed`);
    await lab.start(service);
  };
  const failed = (await Promise.allSettled(SERVICES.map(begin))).find((result) => result.status === "rejected");
  if (failed === undefined) return lab;
  await lab.close();
  throw failed.reason;
}

function labOn(database: LabServer, kafka: LabServer, ports: ReadonlyMap<Service, number>): Lab {
  const processes = new Map<Service, ChildProcess>();
  const url = (service: Service) => `http://127.0.0.1:${ports.get(service) ?? 0}`;
  const run = async (service: Service, port = ports.get(service), ...args: string[]) => {
    const env = {
      ...environment(service, database, kafka),
      PORT: String(port),
      METRICS_PORT: String(await freePort()),
      PAYMENT_URL: url("payment"),
    };
    return spawn(process.execPath, [new URL(`${service}.ts`, import.meta.url).pathname, ...args], {
      env: { ...process.env, ...env },
      stdio: "ignore",
    });
  };
  const lab: Lab = {
    databasePort: database.port,
    request: (service, method, path, body, headers) => send(method, url(service) + path, body, headers),
    async start(service) {
      processes.set(service, await run(service));
      await until(`${service} is ready`, async () => (await fetch(`${url(service)}/healthz/ready`)).ok, 90_000);
    },
    addReplica: async (service) => killer(await run(service, await freePort())),
    task: async (service, name) => ended(await run(service, undefined, name)),
    async stop(service, signal) {
      const child = processes.get(service);
      processes.delete(service);
      return child === undefined ? null : killer(child)(signal);
    },
    async close() {
      await Promise.all([...processes.keys()].map((service) => lab.stop(service, "SIGKILL")));
      await Promise.all([database.stop(), kafka.stop()]);
    },
  };
  return lab;
}

const killer = (child: ChildProcess) => (signal: NodeJS.Signals) => ended(child, () => child.kill(signal));

async function send(method: string, url: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
  const json =
    body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { ...headers, "content-type": "application/json" } };
  const response = await fetch(url, { method, ...json });
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    body: (await response.json()) as Answer["body"],
  };
}

/** Waits until something holds; a failure to find out counts as not yet. */
export async function until(what: string, holds: () => Promise<boolean>, timeoutMs = 45_000): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await holds().catch(() => false)); await sleep(50)) {
    if (Date.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms: ${what}`);
  }
}

async function prepare(database: LabServer, kafka: LabServer): Promise<void> {
  const log = createLog({ service: "lab", version: "0", logLevel: "silent" });
  const connection = await createConnection({ host: "127.0.0.1", port: database.port, user: "any" });
  for (const service of SERVICES)
    await connection.query("CREATE DATABASE ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", [service]);
  await connection.end();
  const letters = SERVICES.flatMap((consumer) =>
    CONSUMES[consumer].map((producer) => `fishdelivery.${producer}.${consumer}.dlq`),
  );
  const topics = [...SERVICES.map((service) => `fishdelivery.${service}`), ...letters].map((name) => ({
    name,
    partitions: 2,
    replicas: 1,
    configs: {},
  }));
  await declareTopics({ brokers: [`127.0.0.1:${kafka.port}`], auth: "none" }, topics, log);
}

function environment(service: Service, database: LabServer, kafka: LabServer): Record<string, string> {
  return {
    SYSTEM: "fishdelivery",
    SERVICE: service,
    VERSION: "lab",
    FAULTS_ENABLED: "true",
    DRAIN_SECONDS: "5",
    LOG_LEVEL: "error",
    KAFKA_BROKERS: `127.0.0.1:${kafka.port}`,
    KAFKA_GROUP: `fishdelivery.${service}`,
    KAFKA_CONSUME: CONSUMES[service].map((producer) => `fishdelivery.${producer}`).join(","),
    ...(service === "mypage" ? {} : { KAFKA_TOPIC: `fishdelivery.${service}` }),
    DATABASE_HOST: "127.0.0.1",
    DATABASE_PORT: String(database.port),
    DATABASE_NAME: service,
    DATABASE_USER: service,
    DATABASE_PASSWORD: "not-asked-for-here",
  };
}

function ended(child: ChildProcess, cause = () => {}): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("exit", resolve);
    cause();
  });
}
