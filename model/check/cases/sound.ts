import type { System } from "../../system.ts";
import type { Measure } from "../../words/measure.ts";
import type { Job, Service, Worker } from "../../words/service.ts";
import type { ExistingStore, Store } from "../../words/store.ts";

/** One way to break a description: the kind of fault, the broken system, and what is found. */
export type Case = readonly [kind: string, broken: System, found: RegExp];

export const slo = { availability: 99.9, latency: { percent: 99, within: "300ms" } };
const uses = { rows: { may: "write", shared: "a test" } } as const;
export const service: Service = { purpose: "does its part", tier: "standard", slo, uses };
export const folder = { size: "1Gi", path: "/data", keeps: "nothing" } as const;
export const call = { reason: "needs the answer now", onFailure: "reject", transactional: true } as const;
/** A call of a program that is not on the kit. */
export const ownCall = { ...call, transactional: false, keptBy: { declined: "a test" } } as const;
export const schema = (...fields: string[]) => ({
  properties: Object.fromEntries(fields.map((field) => [field, {}])),
});
export const undone = { declined: "nothing to take back" };

export const SELLING = {
  routes: [{ path: "/orders", access: "anyone" }],
  publishes: ["Placed", "Canceled"],
  calls: { payment: call },
} as const;

/** A program that nobody here wrote. */
export const foreign: Service = {
  purpose: "shows prices",
  tier: "standard",
  from: { build: "prices" },
  answers: { http: { protocol: "http", listens: 8000, known: 80 } },
  health: { ready: "/ready", alive: "/alive" },
  slo,
  measured: "gateway",
  uses: { cache: { may: "write" } },
  routes: [{ path: "/prices", access: "anyone" }],
};
export const worker: Worker = {
  kind: "worker",
  purpose: "thinks",
  tier: "standard",
  from: { image: "example.com/thinker:1" },
  health: { command: ["think", "--check"] },
  slo: { declined: "a test" },
};
export const job: Job = {
  kind: "job",
  purpose: "tidies up",
  tier: "standard",
  from: { build: "tidy" },
  runs: "every hour",
  endsWithin: "5m",
  overlap: "skip",
  freshWithin: "3h",
};

/** A small sound system of both; every case breaks it in one way. */
export const sound: System = {
  name: "shop",
  purpose: "sells",
  owner: "shop-team",
  correlationKey: "orderId",
  stores: { rows: { kind: "mariadb", keeps: "every write" }, cache: { kind: "redis", keeps: "nothing" } },
  services: {
    order: { ...service, ...SELLING },
    payment: { ...service },
    delivery: { ...service, consumes: ["Placed", "Canceled"] },
    prices: foreign,
    thinker: worker,
    tidy: job,
  },
  events: {
    Placed: { data: schema("orderId", "qty"), undoneBy: "Canceled" },
    Canceled: { data: schema("orderId"), undoneBy: undone },
  },
  entry: { rateLimit: { perSecond: 10, burst: 20 }, maxBody: "64Ki" },
};

/** The sound system with one service changed, or a new one on the kit. */
export function withService(name: string, change: Partial<Service>): System {
  const before = sound.services[name] as Service | undefined;
  return { ...sound, services: { ...sound.services, [name]: { ...service, ...before, ...change } } };
}
export const withForeign = (change: Partial<Service>): System => withService("prices", change);
export const withWorker = (change: Partial<Worker>): System => ({
  ...sound,
  services: { ...sound.services, thinker: { ...worker, ...change } },
});
export const withJob = (change: Partial<Job>): System => ({
  ...sound,
  services: { ...sound.services, tidy: { ...job, ...change } },
});
/** With a store that the foreign service uses too. */
export const withStore = (name: string, store: Store | ExistingStore): System => ({
  ...withForeign({ uses: { ...foreign.uses, [name]: { may: "write" } } }),
  stores: { ...sound.stores, [name]: store },
});
export const withCall = (change: object, callee = "payment") =>
  withService("order", { calls: { [callee]: { ...call, ...change } } });
export const withForeignCall = (change: object, callee = "payment") =>
  withForeign({ calls: { [callee]: { ...ownCall, ...change } } });
export const withEvent = (name: string, change: object): System => ({
  ...sound,
  events: {
    ...sound.events,
    [name]: { data: schema("orderId"), undoneBy: undone, ...sound.events?.[name], ...change },
  },
});
export const withEntry = (change: Partial<System["entry"]>): System => ({
  ...sound,
  entry: { ...sound.entry, ...change },
});
export const withSlo = (change: object) => withService("delivery", { slo: { ...slo, ...change } });
export const withMeasure = (measures: Readonly<Record<string, Measure>>) => withService("order", { measures });
