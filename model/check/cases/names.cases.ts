import type { System } from "../../system.ts";
import type { Service } from "../../words/service.ts";
import type { Measure } from "../../words/measure.ts";
import {
  type Case,
  foreign,
  SELLING,
  service,
  slo,
  sound,
  withEvent,
  withForeign,
  withMeasure,
  withService,
  withSlo,
  withStore,
  withWorker,
} from "./sound.ts";

const alert = { severity: "ticket", limit: { above: 3 }, lasting: "5m", impact: "a test", fix: ["look"] } as const;
const measure: Measure = { metric: "orders_waiting", kind: "gauge", meaning: "a test" };

const named = (change: Partial<Service>, other: string): System => {
  const { services } = withForeign(change);
  return {
    ...sound,
    services: { ...services, [other]: { ...foreign, uses: {}, routes: [{ path: "/x", access: "anyone" }] } },
  };
};

/** Names, sizes, promises and measures. */
export const NAMES: readonly Case[] = [
  ["system-name", { ...sound, name: "Shop!" }, /Shop!/],
  ["system-name", { ...sound, name: "kube-system" }, /kube-system/],
  ["system-name", { ...sound, name: "all" }, /"all"/],
  ["owner", { ...sound, owner: " " }, /" "/],
  ["owner", withForeign({ owner: "the price team" }), /the price team/],
  ["correlation-key", { ...sound, correlationKey: "order id" }, /order id/],
  ["no-services", { ...sound, services: {} }, /none/],
  ["service-name", withService("Pay_ment", { routes: [{ path: "/x", access: "anyone" }] }), /Pay_ment/],
  ["service-name-length", withService("a".repeat(41), { routes: [{ path: "/x", access: "anyone" }] }), /41 letters/],
  [
    "service-name-taken",
    withService("kafka", { routes: [{ path: "/x", access: "anyone" }] }),
    /"kafka", which is the brokers/,
  ],
  [
    "service-name-taken",
    withService("mysql", { routes: [{ path: "/x", access: "anyone" }] }),
    /"mysql", which is a user that .* "rows" has/,
  ],
  [
    "service-name-taken",
    withService("redis", { routes: [{ path: "/x", access: "anyone" }] }),
    /"redis", which is the server in the pods/,
  ],
  [
    "service-name-taken",
    withService("exporter", { routes: [{ path: "/x", access: "anyone" }] }),
    /"exporter", which is the container/,
  ],
  ["service-name-taken", withService("default", foreign), /"default", which is a user that .* "cache" has/],
  ["service-name-taken", withService("rows-owner", { routes: [{ path: "/x", access: "anyone" }] }), /rows-owner/],
  [
    "names-collide",
    { ...withService("order-migration", { routes: [{ path: "/x", access: "anyone" }] }) },
    /"shop-order-migration", which is made for "shop\/order" with its migration and for "shop\/order-migration"/,
  ],
  ["names-collide", named({ files: { "/a": { text: "" } } }, "prices-files"), /with its files/],
  [
    "names-collide",
    named({ routes: [{ path: "/", host: "b", access: "anyone" }] }, "prices-b"),
    /the routes of "shop\/prices" at "b"/,
  ],
  ["event-name", withEvent("placed_it", {}), /placed_it/],
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
  ["freshness-uncounted", withWorker({ slo: { freshness: { percent: 99, within: "5s" } } }), /nobody counts/],
  ["freshness-uncounted", withForeign({ slo: { ...slo, freshness: { percent: 99, within: "5s" } } }), /nobody counts/],
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
  ["measure-unscraped", withForeign({ measures: { Waiting: measure } }), /shows no figures/],
  ["measure-unscraped", withWorker({ measures: { Waiting: measure } }), /shows no figures/],
  ["store-name", withStore("Order_DB", { kind: "redis", keeps: "nothing" }), /Order_DB/],
];
