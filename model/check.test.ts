import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { systems } from "../systems/index.ts";
import { assertValid, checkSystem } from "./check.ts";
import { InvalidSystem } from "./fault.ts";
import type { System } from "./system.ts";
import type { Measure } from "./words/measure.ts";
import type { Service } from "./words/service.ts";

const slo = { availability: 99.9, latency: { percent: 99, within: "300ms" } };
const uses = { rows: { may: "write", shared: "a test" } } as const;
const service: Service = { purpose: "does its part", tier: "standard", slo, uses };
const folder = { size: "1Gi", path: "/data", keeps: "nothing" } as const;
const call = { reason: "needs the answer now", onFailure: "reject", transactional: true } as const;
const schema = (...fields: string[]) => ({ properties: Object.fromEntries(fields.map((field) => [field, {}])) });
const undone = { declined: "nothing to take back" };

const SELLING = { routes: ["/orders"], publishes: ["Placed", "Canceled"], calls: { payment: call } };

/** A small sound system; every case below breaks it in one way. */
const sound: System = {
  name: "shop",
  purpose: "sells",
  owner: "shop-team",
  correlationKey: "orderId",
  stores: { rows: { kind: "mariadb", keeps: "every write" } },
  services: {
    order: { ...service, ...SELLING },
    payment: { ...service },
    delivery: { ...service, consumes: ["Placed", "Canceled"] },
  },
  events: {
    Placed: { data: schema("orderId", "qty"), undoneBy: "Canceled" },
    Canceled: { data: schema("orderId"), undoneBy: undone },
  },
  entry: { rateLimit: { perSecond: 10, burst: 20 }, maxBody: "64Ki" },
};

function withService(name: string, change: Partial<Service>): System {
  const before = sound.services[name] as Service | undefined;
  return { ...sound, services: { ...sound.services, [name]: { ...service, ...before, ...change } } };
}
const withCall = (change: object, callee = "payment") =>
  withService("order", { calls: { [callee]: { ...call, ...change } } });
const withEvent = (name: string, change: object): System => ({
  ...sound,
  events: {
    ...sound.events,
    [name]: { data: schema("orderId"), undoneBy: undone, ...sound.events?.[name], ...change },
  },
});
const withEntry = (change: Partial<System["entry"]>): System => ({ ...sound, entry: { ...sound.entry, ...change } });
const withSlo = (change: object) => withService("delivery", { slo: { ...slo, ...change } });

const alert = { severity: "ticket", limit: { above: 3 }, lasting: "5m", impact: "a test", fix: ["look"] } as const;
const measure: Measure = { metric: "orders_waiting", kind: "gauge", meaning: "a test" };
const withMeasure = (measures: Readonly<Record<string, Measure>>) => withService("order", { measures });

const cases: readonly [kind: string, broken: System, found: RegExp][] = [
  ["system-name", { ...sound, name: "Shop!" }, /Shop!/],
  ["system-name", { ...sound, name: "kube-system" }, /kube-system/],
  ["owner", { ...sound, owner: " " }, /" "/],
  ["correlation-key", { ...sound, correlationKey: "order id" }, /order id/],
  ["no-services", { ...sound, services: {} }, /none/],
  ["service-name", withService("Pay_ment", { routes: ["/x"] }), /Pay_ment/],
  ["service-name-length", withService("a".repeat(41), { routes: ["/x"] }), /41 letters/],
  ["service-name-taken", withService("kafka", { routes: ["/x"] }), /kafka/],
  ["service-name-taken", withService("mysql", { routes: ["/x"] }), /mysql/],
  ["service-name-taken", withService("order-owner", { routes: ["/x"] }), /order-owner/],
  ["event-name", withEvent("placed_it", {}), /placed_it/],
  ["unknown-callee", withCall({}, "paymnt"), /paymnt/],
  ["timeout-unit", withCall({ timeout: "610" }), /610/],
  ["timeout-range", withCall({ timeout: "5s" }), /5000 ms/],
  ["transactional-default", withCall({ onFailure: "default" }), /default/],
  ["max-concurrent", withCall({ maxConcurrent: 0 }), /0/],
  [
    "call-cycle",
    withService("payment", { calls: { order: { ...call, timeout: "200ms" } } }),
    /order → payment → order/,
  ],
  [
    "timeout-nesting",
    {
      ...sound,
      services: {
        ...sound.services,
        order: { ...service, ...SELLING, calls: { payment: { ...call, timeout: "500ms" } } },
        payment: { ...service, calls: { delivery: { ...call, timeout: "700ms" } } },
      },
    },
    /700 ms, while order gives payment only 500 ms/,
  ],
  ["unknown-event-publishes", withService("order", { publishes: ["Placed", "Canceled", "Placd"] }), /Placd/],
  ["unknown-event-consumes", withService("delivery", { consumes: ["Placed", "Canceled", "Cancelled"] }), /Cancelled/],
  ["event-listed-twice", withService("delivery", { consumes: ["Placed", "Placed", "Canceled"] }), /Placed.* twice/],
  ["no-producer", withService("order", { publishes: ["Canceled"] }), /no service publishes/],
  ["two-producers", withService("payment", { publishes: ["Placed"] }), /"order", "payment"/],
  ["no-consumer", withService("delivery", { consumes: ["Placed"] }), /nobody consumes/],
  ["terminal-consumed", withEvent("Canceled", { terminal: "for the archive" }), /delivery/],
  ["own-event", withService("order", { consumes: ["Placed"] }), /its own "Placed"/],
  ["unknown-compensation", withEvent("Placed", { undoneBy: "Cancled" }), /Cancled/],
  ["compensates-itself", withEvent("Placed", { undoneBy: "Placed" }), /itself/],
  ["partitions", { ...sound, partitions: 0 }, /0/],
  ["partitions-below-replicas", { ...sound, partitions: 4 }, /4 partitions, while delivery scales to 6/],
  ["no-store-for-events", withService("delivery", { uses: {} }), /no database/],
  ["reserved-field", withEvent("Placed", { data: schema("orderId", "eventId") }), /eventId/],
  ["event-without-key", withEvent("Placed", { data: schema("qty") }), /qty/],
  ["cpu-unit", withService("order", { needs: { cpu: "half" } }), /half/],
  ["memory-unit", withService("order", { needs: { memory: "512Mb" } }), /512Mb/],
  ["folder-unit", withService("order", { folder: { ...folder, size: "1GB" } }), /1GB/],
  ["folder-size", withService("order", { folder: { ...folder, size: "1Mi" } }), /1Mi/],
  ["folder-path", withService("order", { folder: { ...folder, path: "data" } }), /data/],
  ["scale-max", withService("order", { scale: { max: 11 } }), /11/],
  ["scale-of-folder", withService("order", { folder, scale: { max: 4 } }), /beside a folder/],
  ["scale-cpu", withService("order", { scale: { cpuPercent: 95 } }), /95 %/],
  ["route-method", withService("order", { routes: ["FETCH /orders"] }), /FETCH/],
  ["route-path", withService("order", { routes: ["/orders/**"] }), /\*\*/],
  ["route-reserved", withService("order", { routes: ["/faults/delay"] }), /faults/],
  ["duplicate-route", withService("payment", { routes: ["GET /orders"] }), /GET \/orders/],
  ["rate-limit", withEntry({ rateLimit: { perSecond: 0, burst: 5 } }), /0/],
  ["rate-burst", withEntry({ rateLimit: { perSecond: 10, burst: 5 } }), /5/],
  ["max-body", withEntry({ maxBody: "64kb" }), /64kb/],
  ["slo-availability", withSlo({ availability: 100 }), /100 %/],
  ["slo-latency-percent", withSlo({ latency: { percent: 100, within: "1s" } }), /100 %/],
  ["slo-latency-within", withSlo({ latency: { percent: 99, within: "fast" } }), /fast/],
  ["slo-availability", withSlo({ availability: 93 }), /93 %/],
  ["slo-latency-edge", withSlo({ latency: { percent: 99, within: "400ms" } }), /400ms/],
  ["slo-freshness-percent", withSlo({ freshness: { percent: 10, within: "1s" } }), /10 %/],
  ["slo-freshness-within", withSlo({ freshness: { percent: 99, within: "soon" } }), /soon/],
  [
    "slo-freshness-without-events",
    withService("order", { slo: { ...slo, freshness: { percent: 99, within: "5s" } } }),
    /promise about events/,
  ],
  ["measure-name", withMeasure({ waiting: measure }), /waiting/],
  [
    "measure-twice",
    {
      ...sound,
      services: {
        ...sound.services,
        order: { ...service, ...SELLING, measures: { Waiting: measure } },
        payment: { ...service, measures: { Waiting: measure } },
      },
    },
    /which order has too/,
  ],
  ["measure-metric", withMeasure({ Waiting: { ...measure, kind: "counter" } }), /orders_waiting/],
  ["measure-metric", withMeasure({ Waiting: { ...measure, metric: "orders-waiting" } }), /orders-waiting/],
  ["measure-lasting", withMeasure({ Waiting: { ...measure, alert: { ...alert, lasting: "5" } } }), /"5"/],
  ["unreachable-service", withService("report", {}), /no route, no caller/],
  ["no-entry", withService("order", { routes: [] }), /no route in any/],
];

describe("the check of a description", () => {
  it("finds nothing in a sound system, nor in any system of this repository", () => {
    assert.deepEqual(checkSystem(sound), []);
    for (const system of systems) assert.deepEqual(checkSystem(system), [], system.name);
  });

  for (const [kind, broken, found] of cases) {
    it(`reports ${kind} with the place, what was found, what is allowed and a fix`, () => {
      const fault = checkSystem(broken).find((candidate) => candidate.kind === kind);
      assert.ok(
        fault,
        `expected ${kind}, got ${
          checkSystem(broken)
            .map((other) => other.kind)
            .join(", ") || "nothing"
        }`,
      );
      assert.match(fault.found, found);
      assert.ok(fault.path.startsWith(broken.name) && fault.allowed !== "" && fault.fix !== "");
    });
  }

  it("names the nearest service when a name is mistyped", () => {
    const fault = checkSystem(withCall({}, "paymnt")).find(({ kind }) => kind === "unknown-callee");
    assert.match(fault?.fix ?? "", /"payment"/);
  });

  it("guesses the unit that was meant", () => {
    const fault = checkSystem(withService("order", { needs: { memory: "512Mb" } })).find(
      ({ kind }) => kind === "memory-unit",
    );
    assert.equal(fault?.fix, 'write "512Mi"');
  });

  it("reports all faults of a description at once", () => {
    const broken = { ...withCall({ timeout: "5s" }), owner: "", partitions: 4 };
    assert.deepEqual(
      checkSystem(broken).map(({ kind }) => kind),
      ["owner", "timeout-range", "partitions-below-replicas"],
    );
    assert.throws(
      () => assertValid(broken),
      (error: unknown) =>
        error instanceof InvalidSystem &&
        /3 faults; nothing was deployed/.test(error.message) &&
        error.faults.length === 3,
    );
  });

  it("has a case here for every kind of fault in its source", () => {
    const folder = new URL("./check/", import.meta.url);
    const source = readdirSync(folder)
      .map((file) => readFileSync(new URL(file, folder), "utf8"))
      .join("\n");
    const kinds = [...source.matchAll(/kind: ["`]([a-z$][^"`]*)["`]/g)].map(([, kind = ""]) => kind);
    const covered = (kind: string) =>
      cases.some(([name]) => new RegExp(`^${kind.replace(/\$\{[^}]*\}/, "\\w+")}$`).test(name));
    assert.ok(kinds.length >= 25);
    assert.deepEqual(
      kinds.filter((kind) => !covered(kind)),
      [],
    );
  });
});
