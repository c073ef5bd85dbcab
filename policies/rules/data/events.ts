import { catalogueIn, FILE, isTerminal, type Document } from "./catalogue.ts";
import { environment } from "../../views/config-refs.ts";
import type { Graph } from "../../resources/graph.ts";
import { intents } from "../../views/intent.ts";
import { topics } from "../../views/kafka.ts";
import { topicsConsumed } from "../../views/consumers.ts";
import type { Workload } from "../../resources/pods.ts";
import {
  everywhere,
  inProduction,
  limit,
  notApplicable,
  resourceRule,
  stackRule,
  workloadRule,
} from "../../judging/rule.ts";

const PATH = `data["${FILE}"]`;

const rule = resourceRule<Document["props"]>();

export const eventsHaveOwners = rule({
  id: "events-have-owners",
  number: "C48",
  items: [16],
  on: ["ConfigMap"],
  severity: "high",
  levels: everywhere,
  title: "Every event has one producer and somebody who listens",
  why: "Two producers mean two meanings of one name; an event nobody hears is work that is never done.",
  fix: `{ "name": "OrderPlaced", "producer": "order", "consumers": ["payment"] }`,
  *across(document, { graph }) {
    const catalogue = catalogueIn(document);
    if (!catalogue) return notApplicable;
    const known = new Set(intents(graph).map(({ name }) => name));
    const producers = new Map<string, string>();
    for (const { name = "", producer = "", consumers = [], terminal } of catalogue.events ?? []) {
      const earlier = producers.get(name);
      if (earlier !== undefined)
        yield { path: PATH, found: `${name} from ${earlier} and ${producer}`, wanted: "one producer" };
      producers.set(name, producer);
      if (producer === "") yield { path: PATH, found: `${name} without producer`, wanted: "a service" };
      if (consumers.length === 0 && !isTerminal(terminal))
        yield {
          path: PATH,
          found: `${name} without consumer`,
          wanted: "a consumer, or `terminal` with the reason why nobody listens",
        };
      if (consumers.includes(producer))
        yield {
          path: PATH,
          found: `${producer} consumes its own ${name}`,
          wanted: "another service, or none: it would hear itself for ever",
        };
      for (const service of known.size > 0 ? [producer, ...consumers] : [])
        if (!known.has(service))
          yield {
            path: PATH,
            found: `${name} names ${service}, which is no service here`,
            wanted: [...known].join(", "),
          };
    }
  },
});

export const sagaCanGoBack = rule({
  id: "saga-can-go-back",
  number: "C49",
  items: [16],
  on: ["ConfigMap"],
  severity: "high",
  levels: everywhere,
  title: "What takes an event back is an event of the catalogue",
  why: "A compensation that nobody publishes leaves a paid order without goods.",
  fix: `{ "name": "PayApproved", "producer": "payment", "consumers": ["fishstore"], "undoneBy": "PayCanceled" }`,
  *check(document) {
    const catalogue = catalogueIn(document);
    const undoing = (catalogue?.events ?? []).filter(({ undoneBy }) => undoneBy);
    if (undoing.length === 0) return notApplicable;
    const names = new Set((catalogue?.events ?? []).map(({ name }) => name));
    for (const { name, undoneBy } of undoing)
      if (!names.has(undoneBy ?? ""))
        yield {
          path: PATH,
          found: `${name} is undone by ${undoneBy}, which is no event`,
          wanted: [...names].join(", "),
        };
  },
});

const ENVELOPE = ["eventId", "eventType", "version", "occurredAt"];

export const eventsCorrelate = rule({
  id: "events-correlate",
  number: "C50",
  items: [17],
  on: ["ConfigMap"],
  severity: "high",
  levels: everywhere,
  title: "Every event says what it is, when it happened, and to which case it belongs",
  why: "Without a key the events of one order overtake each other; without an id nobody sees that one came twice.",
  fix: `{ "correlationKey": "orderId", "envelope": ["eventId", "eventType", "version", "occurredAt"] }`,
  *check(document) {
    const catalogue = catalogueIn(document);
    if (!catalogue) return notApplicable;
    if (!catalogue.correlationKey)
      yield { path: PATH, found: "no correlationKey", wanted: "the name of the field that ties a case together" };
    const absent = ENVELOPE.filter((field) => !catalogue.envelope?.includes(field));
    if (absent.length > 0)
      yield { path: PATH, found: `an envelope without ${absent.join(", ")}`, wanted: ENVELOPE.join(", ") };
    for (const { name, fields } of catalogue.events ?? []) {
      if (fields && catalogue.correlationKey && !fields.includes(catalogue.correlationKey))
        yield {
          path: PATH,
          found: `${name} without ${catalogue.correlationKey}`,
          wanted: "the correlation key among its fields",
        };
    }
  },
});

export const topicsAreDeclared = workloadRule({
  id: "topics-are-declared",
  number: "C51",
  items: [31],
  severity: "high",
  levels: everywhere,
  title: "Every topic that a service uses is declared, with a place for what it cannot process",
  why: "An undeclared topic appears with one copy and one partition, or not at all; without a dead letter one bad event stops a partition.",
  fix: `{ "name": "fishdelivery.order.payment.dlq", "partitions": 1, "replicas": 3 }`,
  *across(workload, { graph }) {
    const declared = new Set(topics(graph).map(({ name }) => name));
    const read = topicsConsumed(graph, workload);
    const written = environment(graph, workload).get("KAFKA_TOPIC");
    if (declared.size === 0 || (read.length === 0 && !written)) return notApplicable;
    for (const { name, path } of read) {
      if (!declared.has(name)) yield { path, found: `${name}, which is not declared`, wanted: nearTo(name, declared) };
      else if (![...declared].some((other) => other.startsWith(`${name}.`) && /(dlq|dead|dlt)/i.test(other)))
        yield { path, found: `no dead-letter topic for ${name}`, wanted: `${name}.<consumer>.dlq` };
    }
    if (written && !declared.has(written.value))
      yield {
        path: written.path,
        found: `${written.value}, which is not declared`,
        wanted: nearTo(written.value, declared),
      };
  },
});

function nearTo(name: string, declared: ReadonlySet<string>): string {
  const near = [...declared].filter((other) => other.split(".")[0] === name.split(".")[0]).slice(0, 4);
  return `one of ${(near.length ? near : [...declared].slice(0, 4)).join(", ")}`;
}

const GROUP = /(^|_)(GROUP|GROUP_ID|CONSUMER_GROUP)$/;

export const groupOfItsOwn = stackRule({
  id: "group-of-its-own",
  number: "C52",
  items: [20],
  severity: "critical",
  levels: everywhere,
  title: "Every service has a consumer group of its own",
  why: "Two services in one group share the events: each sees only half of them.",
  fix: `data: { KAFKA_GROUP: "fishdelivery.order" }`,
  *across(graph: Graph) {
    const members = new Map<string, Workload>();
    for (const workload of graph.workloads) {
      if (workload.kind === "Job" || workload.kind === "CronJob") continue;
      for (const [name, { value, path }] of environment(graph, workload)) {
        if (!GROUP.test(name) || !/KAFKA|CONSUMER/.test(name)) continue;
        const earlier = members.get(value);
        if (earlier && earlier.name !== workload.name)
          yield {
            path,
            found: `group ${value}, which ${earlier.name} is in too`,
            wanted: "a group of its own",
            on: workload.resource,
            related: [earlier.resource],
          };
        members.set(value, workload);
      }
    }
    if (members.size === 0) return notApplicable;
  },
});

export const eventsWait = stackRule({
  id: "events-wait",
  number: "C53",
  items: [19],
  severity: "medium",
  levels: inProduction,
  title: "Events wait long enough for a service that is down",
  why: "What is deleted before its consumer is back was never done, and nobody knows which.",
  fix: `configs: { "retention.ms": "604800000" }`,
  limits: { hours: limit("shortest retention", 24, 24, 1) },
  *across(graph: Graph, { limit: { hours } }) {
    const limited = topics(graph).filter(({ retentionMs }) => retentionMs !== undefined && retentionMs >= 0);
    if (limited.length === 0) return notApplicable;
    for (const { name, retentionMs = 0, resource, path } of limited)
      if (retentionMs < hours * 3_600_000)
        yield { path, found: `${name} keeps ${retentionMs / 3_600_000} h`, wanted: `>= ${hours} h`, on: resource };
  },
});

export const readsFromTheStart = workloadRule({
  id: "reads-from-the-start",
  number: "C54",
  items: [19],
  severity: "medium",
  levels: everywhere,
  title: "A new consumer begins with the oldest event and commits after its work",
  why: "With `latest`, what came before the first start is lost; committed before the work, what failed is lost.",
  fix: `data: { KAFKA_AUTO_OFFSET_RESET: "earliest", KAFKA_ENABLE_AUTO_COMMIT: "false" }`,
  *across(workload, { graph }) {
    const set = [...environment(graph, workload)].filter(([name]) =>
      /AUTO_OFFSET_RESET$|ENABLE_AUTO_COMMIT$/.test(name),
    );
    if (set.length === 0) return notApplicable;
    for (const [name, { value, path }] of set) {
      if (/RESET$/.test(name) && value !== "earliest") yield { path, found: `${name}=${value}`, wanted: "earliest" };
      if (/COMMIT$/.test(name) && value !== "false") yield { path, found: `${name}=${value}`, wanted: "false" };
    }
  },
});
