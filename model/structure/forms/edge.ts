import type { Call, Contract, Outside, StandIn } from "../../words/edge.ts";
import type { Event } from "../../words/event.ts";
import type { ExistingStore, Folder, Migration, Store, Use } from "../../words/store.ts";
import { choice, either, flag, foreign, group, list, open, optional, sentence, table, text, whole } from "../shape.ts";
import type { Agrees, Proof } from "../told.ts";
import { source } from "./program.ts";
import { declined } from "./promise.ts";

const onFailure = choice("reject", "default", "queue", "own");
const callSetting = choice(
  ...(["url", "address", "timeoutMs", "maxConcurrent"] as const),
  ...(["breakerErrorPercent", "breakerOpenMs", "breakerMinCalls"] as const),
);
const contract = group({ request: foreign, response: foreign });

export const call = group({
  reason: sentence("why an event would not do"),
  onFailure,
  transactional: flag,
  contract: optional(contract),
  timeout: optional(text("500ms")),
  slow: optional(sentence("why it may take longer than 2 s")),
  maxConcurrent: optional(whole(50)),
  answer: optional(text("http")),
  keptBy: optional(either(choice("kit"), group({ settings: table("ORDERS_TIMEOUT", callSetting) }), declined)),
});

const standIn = group({
  from: source,
  run: optional(list(text("--port=8080"))),
  listens: whole(8080),
});

export const outside = group({
  host: text("api.example.com"),
  port: optional(whole(443)),
  reason: sentence("what is asked there"),
  onFailure,
  timeout: optional(text("2s")),
  onDev: optional(standIn),
});

export const event = group({
  data: open({ properties: table("orderId", foreign) }),
  undoneBy: either(text("OrderCanceled"), declined),
  terminal: optional(sentence("why it is published all the same")),
});

const keeps = choice("every write", "last hour", "nothing");

const made = group({
  kind: choice("postgres", "mariadb", "mysql", "redis", "topic"),
  keeps,
  database: optional(text("orders")),
  extensions: optional(list(text("vector"))),
  partitions: optional(whole(6)),
});

const existing = group({
  kind: text("amqp"),
  existing: text("shop-queue"),
  database: optional(text("orders")),
  user: optional(text("shop")),
  password: optional(text("queue-password")),
});

export const store = either(made, existing);

export const use = group({
  may: choice("read", "write", "change"),
  shared: optional(sentence("why it is shared")),
  pool: optional(whole(5)),
});

export const migration = either(
  group({ run: list(text("migrate")), image: optional(source), endsWithin: optional(text("10m")) }),
  group({ itself: sentence("why the program does it at its start") }),
  declined,
);

export const folder = group({ path: text("/data"), size: text("1Gi"), keeps });

export type Agreed = [
  Proof<Agrees<typeof contract, Contract>>,
  Proof<Agrees<typeof call, Call>>,
  Proof<Agrees<typeof standIn, StandIn>>,
  Proof<Agrees<typeof outside, Outside>>,
  Proof<Agrees<typeof event, Event>>,
  Proof<Agrees<typeof made, Store>>,
  Proof<Agrees<typeof existing, ExistingStore>>,
  Proof<Agrees<typeof use, Use>>,
  Proof<Agrees<typeof migration, Migration>>,
  Proof<Agrees<typeof folder, Folder>>,
];
