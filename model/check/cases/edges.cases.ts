import type { Outside } from "../../words/edge.ts";
import {
  call,
  type Case,
  foreign,
  ownCall,
  SELLING,
  service,
  sound,
  withCall,
  withEntry,
  withForeign,
  withForeignCall,
  withService,
  worker,
} from "./sound.ts";

const third = { host: "api.example.com", reason: "a test", onFailure: "own" } as const;
const withThird = (change: object, name = "bank") => withForeign({ outside: { [name]: { ...third, ...change } } });

const onDev = { from: { image: "mock:1" }, listens: 8080 };
/** With a stand-in, and perhaps another one of the part "thinker". */
const standing = (change: object, other: Readonly<Record<string, Outside>> = {}) => {
  const own = withThird({ onDev: { ...onDev, ...change } });
  const others = Object.fromEntries(Object.entries(other).map(([name, party]) => [name, { ...party, onDev }]));
  return { ...own, services: { ...own.services, thinker: { ...worker, outside: others } } };
};

/** Calls, third parties, and whether somebody asks at all. */
export const EDGES: readonly Case[] = [
  ["unknown-callee", withCall({}, "paymnt"), /paymnt/],
  ["callee-answers-nobody", withCall({}, "thinker"), /"thinker", which is a worker/],
  ["callee-answers-nobody", withCall({}, "tidy"), /"tidy", which is a job/],
  [
    "callee-answers-nobody",
    {
      ...withCall({}, "clerk"),
      services: { ...withCall({}, "clerk").services, clerk: { ...worker, from: { kit: "clerk.ts" }, health: "kit" } },
    },
    /"clerk", which is a worker/,
  ],
  ["unknown-answer", withCall({ answer: "grcp" }, "prices"), /grcp/],
  ["timeout-unit", withCall({ timeout: "610" }), /610/],
  ["timeout-range", withCall({ timeout: "50ms" }), /50 ms/],
  ["timeout-range", withCall({ timeout: "15m", slow: "a test" }), /900000 ms/],
  ["slow-missing", withCall({ timeout: "5s" }), /5000 ms without a reason/],
  ["slow-superfluous", withCall({ timeout: "500ms", slow: "a test" }), /500ms/],
  ["slow-superfluous", withCall({ slow: "a test" }), /the default/],
  ["transactional-default", withCall({ onFailure: "default" }), /default/],
  ["transactional-own", withForeignCall({ onFailure: "own", transactional: true }), /own/],
  ["own-on-kit", withCall({ onFailure: "own", transactional: false }), /"own" of a service on the kit/],
  ["queue-needs-kit", withForeignCall({ onFailure: "queue" }), /queue/],
  ["kept-by-missing", withForeignCall({ keptBy: undefined }), /nobody knows/],
  ["kept-by-kit", withForeignCall({ keptBy: "kit" }), /not on the kit/],
  ["kept-by-nothing", withForeignCall({ keptBy: { settings: { PAYMENT: "url" } } }), /no variable for a time-out/],
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
  ["stops-too-soon", withForeign({ needs: { stopsWithin: "5s" } }), /"5s", while somebody may wait 10000 ms/],
  ["stand-in-port", standing({ listens: 70_000 }), /70000/],
  ["image-reference", standing({ from: { image: "Mock:1" } }), /Mock:1/],
  [
    "stand-in-twice",
    standing({}, { bank: third }),
    /a second stand-in for api\.example\.com:443, beside that of prices/,
  ],
  ["stand-in-name", standing({}, { bank: { ...third, host: "other.example.com" } }), /"bank-stand-in"/],
  ["outside-name", withThird({}, "The Bank"), /The Bank/],
  ["outside-host", withThird({ host: "https://api.example.com/v1" }), /https/],
  ["outside-host", withThird({ host: "*.example.com" }), /\*/],
  ["outside-address", withThird({ host: "203.0.113.9" }), /203/],
  ["outside-address", withThird({ host: "2001:db8::1" }), /2001/],
  ["outside-private", withThird({ host: "payment" }), /payment/],
  ["outside-private", withThird({ host: "http://payments.local/v1" }), /payments\.local/],
  ["outside-private", withThird({ host: "metadata.google.internal" }), /internal/],
  ["outside-port", withThird({ port: 70_000 }), /70000/],
  ["outside-timeout", withThird({ timeout: "2 seconds" }), /2 seconds/],
  ["unreachable-service", withService("report", {}), /no route, no caller/],
  [
    "no-entry",
    {
      ...sound,
      services: {
        order: { ...service, ...SELLING, routes: [] },
        prices: { ...foreign, measured: "gateway", calls: { order: ownCall }, routes: [] },
      },
    },
    /no route in any/,
  ],
  ["route-method", withService("order", { routes: [{ path: "FETCH /orders", access: "anyone" }] }), /FETCH/],
  ["route-path", withService("order", { routes: [{ path: "/orders/**", access: "anyone" }] }), /\*\*/],
  [
    "route-as",
    withService("order", { routes: [{ path: "/orders", access: "anyone", as: "orders" }] }),
    /orders as orders/,
  ],
  [
    "route-host",
    withService("order", { routes: [{ path: "/orders", access: "anyone", host: "Admin.shop" }] }),
    /Admin/,
  ],
  ["route-reserved", withService("order", { routes: [{ path: "/faults/delay", access: "anyone" }] }), /faults/],
  [
    "route-reserved",
    withService("order", { routes: [{ path: "/orders", access: "anyone", as: "/metrics" }] }),
    /metrics/,
  ],
  ["route-answer", withForeign({ routes: [{ path: "/prices", access: "anyone", answer: "htp" }] }), /htp/],
  [
    "route-to-tcp",
    withForeign({ answers: { raw: { protocol: "tcp", listens: 8000 } }, health: { connects: "a test" } }),
    /speaks tcp/,
  ],
  [
    "route-of-grpc",
    withForeign({
      answers: { rpc: { protocol: "grpc", listens: 8000 } },
      health: "grpc",
      routes: [{ path: "GET /shop.Prices", access: "anyone" }],
    }),
    /speaks grpc/,
  ],
  ["routes-without-entry", { ...sound, entry: { declined: "a test" } }, /declines its entry/],
  ["duplicate-route", withService("payment", { routes: [{ path: "GET /orders", access: "anyone" }] }), /GET \/orders/],
  [
    "route-as-collides",
    withForeign({
      routes: [
        { path: "/prices", access: "anyone" },
        { path: "/costs", access: "anyone", as: "/prices" },
      ],
    }),
    /leads to the same/,
  ],
  ["rate-limit", withEntry({ rateLimit: { perSecond: 0, burst: 5 } }), /0/],
  ["rate-burst", withEntry({ rateLimit: { perSecond: 10, burst: 5 } }), /5/],
  ["max-body", withEntry({ maxBody: "64kb" }), /64kb/],
];
