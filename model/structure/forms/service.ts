import type { Beside, Job, Needs, PublicPath, Right, Scale, Service, Worker } from "../../words/service.ts";
import { choice, either, group, list, optional, sentence, someOf, table, text, whole } from "../shape.ts";
import type { Agrees, Proof } from "../told.ts";
import { access } from "./access.ts";
import { call, folder, migration, outside, use } from "./edge.ts";
import { answer, file, health, source, value } from "./program.ts";
import { declined, measure, measured, objective, share } from "./promise.ts";

const needs = group({
  cpu: optional(text("500m")),
  memory: optional(text("192Mi")),
  startsWithin: optional(text("1m")),
  stopsWithin: optional(text("20s")),
  writes: optional(list(text("/cache"))),
  user: optional(whole(10001)),
});

const right = group({
  actions: list(text("s3:GetObject")),
  on: text("arn:aws:s3:::shop-pictures/*"),
  reason: sentence("what it needs the right for"),
});

const beside = group({
  from: source,
  run: optional(list(text("/proxy"))),
  reason: sentence("why it cannot be a service"),
  reads: optional(table("LOG_LEVEL", value)),
});

const scale = either(
  group({ max: optional(whole(6)), cpuPercent: optional(whole(60)) }),
  group({ one: sentence("why two would be wrong") }),
);

const route = group({
  path: text("/orders"),
  access,
  host: optional(text("admin")),
  as: optional(text("/")),
  answer: optional(text("http")),
});

const workload = {
  purpose: sentence("what it decides or keeps"),
  tier: choice("critical", "standard"),
  from: optional(source),
  run: optional(list(text("serve"))),
  owner: optional(text("order-team")),
  reads: optional(table("LOG_LEVEL", value)),
  files: optional(table("/etc/app.conf", file)),
  calls: optional(someOf("payment", call)),
  outside: optional(table("stripe", outside)),
  publishes: optional(list(text("OrderPlaced"))),
  consumes: optional(list(text("OrderPlaced"))),
  uses: optional(someOf("orders-db", use)),
  migration: optional(migration),
  needs: optional(needs),
  traces: optional(choice("otlp", "zipkin", "none")),
  mayAlso: optional(list(right)),
} as const;

const running = {
  ...workload,
  health: optional(health),
  scale: optional(scale),
  folder: optional(folder),
  beside: optional(table("proxy", beside)),
  measures: optional(table("OrdersWaiting", measure)),
} as const;

const service = group({
  ...running,
  kind: optional(choice("service")),
  answers: optional(table("http", answer)),
  slo: either(objective, declined),
  measured: optional(measured),
  routes: optional(list(route)),
  sticky: optional(sentence("why a client must stay with one replica")),
});

const worker = group({ ...running, kind: choice("worker"), slo: either(group({ freshness: share }), declined) });

const job = group({
  ...workload,
  kind: choice("job"),
  runs: text("every 5 minutes"),
  endsWithin: text("2m"),
  overlap: choice("skip", "replace", "allow"),
  freshWithin: either(text("1h"), declined),
});

/** Everything a system runs. */
export const part = either(service, worker, job);

export type Agreed = [
  Proof<Agrees<typeof needs, Needs>>,
  Proof<Agrees<typeof right, Right>>,
  Proof<Agrees<typeof beside, Beside>>,
  Proof<Agrees<typeof scale, Scale>>,
  Proof<Agrees<typeof route, PublicPath>>,
  Proof<Agrees<typeof service, Service>>,
  Proof<Agrees<typeof worker, Worker>>,
  Proof<Agrees<typeof job, Job>>,
];
