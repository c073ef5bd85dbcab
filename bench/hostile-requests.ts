/**
 * What customers notice of somebody who sends the costliest requests at the entry's own rate limit: `node bench/hostile-requests.ts [seconds]`,
 * with SLIPWAY_MARIADBD and SLIPWAY_KAFKA_JARS as `npm test` sets them. Real services, broker and database, and a long list of orders.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { createConnection } from "mysql2/promise";
import { parseDuration } from "../model/quantity.ts";
import { type Lab, startLab } from "../systems/fishdelivery/services/lab.ts";
import { planSystem } from "../model/plan.ts";
import { fishdelivery } from "../systems/fishdelivery/system.ts";

const SECONDS = Number(process.argv[2] ?? 20);
const ORDERS = 100_000;
const CUSTOMERS_PER_SECOND = 10;
const { perSecond = 0, burst = 0 } = planSystem(fishdelivery, "dev").entry?.rateLimit ?? {};

interface Request {
  readonly service: "order" | "mypage";
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: object;
}
type Waits = Readonly<Record<Request["service"], number[]>>;

const ORDER = { customerName: "Kim", fishName: "flatfish", qty: 1, telephone: "01012341234", address: "Seongnam" };
const CUSTOMERS: readonly Request[] = [
  { service: "order", method: "POST", path: "/orders", body: ORDER },
  { service: "mypage", method: "GET", path: "/myPages" },
];
const place = Buffer.from(`${Date.now() - ORDERS * 500}:o`).toString("base64url");
/** As large as the entry lets through. */
const unknownFields = Object.fromEntries(Array.from({ length: 6200 }, (_, index) => [`k${index}`, 1]));
const ATTACKS: readonly (readonly [what: string, request: Request | undefined])[] = [
  ["nobody", undefined],
  ["62 kB of unknown fields", { service: "order", method: "POST", path: "/orders", body: unknownFields }],
  ["a page from the middle", { service: "order", method: "GET", path: `/orders?size=100&after=${place}` }],
];

async function fill(port: number): Promise<void> {
  const connection = await createConnection({ host: "127.0.0.1", port, user: "any", database: "order" });
  await connection.query(
    `INSERT INTO orders SELECT UUID(), 'Kim', 'flatfish', 1, '01012341234', 'Seongnam', 'PAID', UUID(), 30000, 0, 0, 0,
       NOW(3) - INTERVAL seq SECOND, NOW(3) FROM seq_1_to_${ORDERS}`,
  );
  await connection.query("ANALYZE TABLE orders");
  await connection.end();
}

/** Sends requests at a steady pace, whatever their answers; ends after the time. */
async function stream(rate: number, seconds: number, send: (index: number) => Promise<void>): Promise<void> {
  const open: Promise<void>[] = [];
  for (const begun = Date.now(); Date.now() - begun < seconds * 1000; await sleep(5))
    while (open.length < ((Date.now() - begun) / 1000) * rate) open.push(send(open.length));
  await Promise.all(open);
}

/** Milliseconds that customers waited, by service, beside an attack; a request without an answer counts as for ever. */
async function waitsBeside(lab: Lab, attack: Request | undefined): Promise<Waits> {
  const waits: Waits = { order: [], mypage: [] };
  const send = ({ service, method, path, body }: Request) => lab.request(service, method, path, body);
  const customer = async (index: number) => {
    const request = CUSTOMERS[index % CUSTOMERS.length] as Request;
    const begun = performance.now();
    const { status } = await send(request).catch(() => ({ status: 599 }));
    waits[request.service].push(status < 500 ? performance.now() - begun : Number.POSITIVE_INFINITY);
  };
  const strike = async () => void (attack && (await send(attack).catch(() => undefined)));
  await Promise.all([
    ...(attack ? Array.from({ length: burst }, strike) : []),
    ...(attack ? [stream(perSecond, SECONDS, strike)] : []),
    stream(CUSTOMERS_PER_SECOND, SECONDS, customer),
  ]);
  return waits;
}

/** What the description promises for 99 of 100 answers. */
function allowedMs(service: Request["service"]): number {
  const promised = planSystem(fishdelivery, "dev").objectives.find((objective) => objective.service === service);
  const within = parseDuration(promised?.objective?.latency.within ?? "");
  return within ?? Number.POSITIVE_INFINITY;
}

const percentile = (values: readonly number[], percent: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil((values.length * percent) / 100) - 1] ?? Number.NaN;

const services: readonly Request["service"][] = ["order", "mypage"];
const lab = await startLab();
try {
  await fill(lab.databasePort);
  await waitsBeside(lab, undefined); // compiled and warm
  for (const [what, attack] of ATTACKS) {
    const waits = await waitsBeside(lab, attack);
    for (const service of services) {
      const objective = allowedMs(service);
      const [half, most] = [percentile(waits[service], 50), percentile(waits[service], 99)];
      console.log(
        `beside ${what}: ${service} p50 ${half.toFixed(0)} ms, p99 ${most.toFixed(0)} ms of ${objective} ms allowed`,
      );
      if (!(most <= objective)) process.exitCode = 1;
    }
  }
} finally {
  await lab.close();
}
