import type {
  Call,
  Contract,
  Declined,
  Entry,
  Event,
  Measure,
  MeasureAlert,
  Objective,
  Service,
  System,
} from "../system.ts";
import {
  choice,
  decimal,
  either,
  flag,
  foreign,
  group,
  list,
  open,
  optional,
  sentence,
  someOf,
  table,
  text,
  whole,
} from "./shape.ts";
import type { Agrees, Proof } from "./told.ts";

/*
 * The words of `model/system.ts` with the forms in which they are checked. A new word is written there with its meaning
 * and here with its form; `Agreed` below does not compile until both agree. Names, units and ranges are for `model/check/`.
 */
const declined = group({ declined: sentence("why it is left out") });
const share = group({ percent: decimal(99), within: text("300ms") });
const objective = group({ availability: decimal(99.9), latency: share, freshness: optional(share) });
const contract = group({ request: foreign, response: foreign });

const call = group({
  reason: sentence("why an event would not do"),
  onFailure: choice("reject", "default", "queue"),
  transactional: flag,
  contract: optional(contract),
  timeout: optional(text("500ms")),
  maxConcurrent: optional(whole(50)),
});

const event = group({
  data: open({ properties: table("orderId", foreign) }),
  undoneBy: either(text("OrderCanceled"), declined),
  terminal: optional(sentence("why it is published all the same")),
});

const measureAlert = group({
  severity: choice("page", "ticket"),
  limit: either(group({ above: decimal(100) }), group({ below: decimal(1) })),
  lasting: text("5m"),
  impact: sentence("what it costs"),
  fix: list(sentence("what to do")),
});

const measure = group({
  metric: text("orders_waiting"),
  kind: choice("gauge", "counter"),
  meaning: sentence("what the number says"),
  alert: optional(measureAlert),
});

const service = group({
  purpose: sentence("what it decides or keeps"),
  tier: choice("critical", "standard"),
  slo: either(objective, declined),
  calls: optional(someOf("payment", call)),
  publishes: optional(list(text("OrderPlaced"))),
  consumes: optional(list(text("OrderPlaced"))),
  owns: optional(
    group({
      database: optional(choice("mariadb")),
      volume: optional(group({ size: text("1Gi"), path: text("/data") })),
    }),
  ),
  routes: optional(list(text("/orders"))),
  scale: optional(group({ max: optional(whole(6)), cpuPercent: optional(whole(60)) })),
  measures: optional(table("OrdersWaiting", measure)),
  needs: optional(group({ cpu: optional(text("500m")), memory: optional(text("192Mi")) })),
});

const entry = group({
  rateLimit: group({ perSecond: whole(50), burst: whole(100) }),
  maxBody: text("64Ki"),
});

/** The form of a whole description. */
export const DESCRIPTION = group({
  name: text("shop"),
  purpose: sentence("what it is for"),
  owner: text("shop-team"),
  correlationKey: text("orderId"),
  events: table("OrderPlaced", event),
  services: table("order", service),
  partitions: optional(whole(6)),
  entry,
});

/** Refuses to compile as soon as a form has a word that its type lacks, or the other way round, and names it. */
export type Agreed = [
  Proof<Agrees<typeof declined, Declined>>,
  Proof<Agrees<typeof objective, Objective>>,
  Proof<Agrees<typeof contract, Contract>>,
  Proof<Agrees<typeof call, Call>>,
  Proof<Agrees<typeof event, Event>>,
  Proof<Agrees<typeof measureAlert, MeasureAlert>>,
  Proof<Agrees<typeof measure, Measure>>,
  Proof<Agrees<typeof service, Service>>,
  Proof<Agrees<typeof entry, Entry>>,
  Proof<Agrees<typeof DESCRIPTION, System>>,
];
