import type { Answer } from "../../words/answer.ts";
import type { Measured } from "../../words/promise.ts";
import type { Service } from "../../words/service.ts";
import { type Case, folder, withForeign, withJob, withService, withWorker } from "./sound.ts";

const withAnswers = (answers: Readonly<Record<string, Answer>>) => withForeign({ answers });
const http = { protocol: "http", listens: 8000 } as const;
const withMeasured = (measured: Measured) => withForeign({ measured });
const figures = { prometheus: "promhttp", path: "/metrics" } as const;
const source = (from: NonNullable<Service["from"]>) => withForeign({ from });
const right = { actions: ["s3:GetObject"], on: "arn:aws:s3:::pictures/*", reason: "a test" };

/** Programs: where they come from, what they answer, need and show. */
export const PROGRAM: readonly Case[] = [
  ["image-reference", source({ image: "https://example.com/Team/prices" }), /Team/],
  ["source-path", source({ build: "/srv/prices" }), /\/srv/],
  ["source-path", source({ build: "../a/../prices" }), /\.\.\/a/],
  ["source-path", source({ build: "prices", dockerfile: "/Dockerfile" }), /\/Dockerfile/],
  ["source-path", withService("order", { from: { kit: "/order.ts" } }), /order\.ts/],
  ["make-reference", source({ make: "mvn jib:build", watches: ["src/**"] }), /jib/],
  ["make-watches", source({ make: "make {reference}", watches: [] }), /never be built/],
  ["run-empty", withForeign({ run: [] }), /no command/],
  ["answers-missing", withForeign({ answers: {} }), /nothing/],
  ["kit-answer", withService("order", { answers: { http } }), /port that the kit opens/],
  ["answer-name", withAnswers({ "the-http-of-prices": http }), /the-http-of-prices/],
  ["answer-listens", withAnswers({ http: { ...http, listens: 70_000 } }), /70000/],
  ["answer-known", withAnswers({ http: { ...http, known: 0 } }), /0/],
  ["answer-listens-twice", withAnswers({ a: http, b: { ...http, known: 81 } }), /8000, which "a" has/],
  ["answer-known-twice", withAnswers({ a: http, b: { ...http, listens: 8001, known: 8000 } }), /8000, which "a" has/],
  ["health-missing", withWorker({ health: undefined } as never), /no rollout/],
  ["health-of-kit", withForeign({ health: "kit" }), /not on the kit/],
  ["health-without-answer", withForeign({ health: "grpc" }), /no grpc answer/],
  ["health-without-answer", withWorker({ health: "spring" }), /worker/],
  ["health-command", withForeign({ health: { command: [""] } }), /no command/],
  ["health-path", withForeign({ health: { ready: "ready", alive: "/alive" } }), /"ready"/],
  ["health-port", withForeign({ health: { ready: "/", alive: "/", port: 0 } }), /0/],
  ["measured-kit", withMeasured("kit"), /not on the kit/],
  ["measured-missing", withForeign({ measured: undefined } as never), /nobody counts/],
  ["measured-gateway", withService("payment", { measured: "gateway" }), /without routes/],
  ["measured-port", withMeasured({ ...figures, port: 0 }), /0/],
  [
    "measured-port",
    withForeign({ measured: figures, answers: { rpc: { protocol: "grpc", listens: 8000 } }, health: "grpc" }),
    /no http answer/,
  ],
  ["measured-path", withMeasured({ ...figures, path: "metrics" }), /metrics/],
  ["measured-series", withMeasured({ ...figures, prometheus: { seconds: "a b", good: 'code="2"' } }), /a b/],
  ["measured-good", withMeasured({ ...figures, prometheus: { seconds: "seconds", good: "2.." } }), /2\.\./],
  ["cpu-unit", withService("order", { needs: { cpu: "half" } }), /half/],
  ["memory-unit", withService("order", { needs: { memory: "512Mb" } }), /512Mb/],
  ["starts-within", withForeign({ needs: { startsWithin: "1h" } }), /1h/],
  ["stops-within", withForeign({ needs: { stopsWithin: "30" } }), /30/],
  ["root-user", withForeign({ needs: { user: 0 } }), /root/],
  ["user-range", withForeign({ needs: { user: -1 } }), /-1/],
  ["writes-path", withForeign({ needs: { writes: ["cache"] } }), /cache/],
  ["writes-path", withForeign({ needs: { writes: ["/proc/self"] } }), /proc/],
  ["writes-tmp", withForeign({ needs: { writes: ["/tmp/cache"] } }), /tmp/],
  ["writes-twice", withForeign({ needs: { writes: ["/cache", "/cache/hot"] } }), /hot.* beside/],
  ["folder-unit", withService("order", { folder: { ...folder, size: "1GB" } }), /1GB/],
  ["folder-size", withService("order", { folder: { ...folder, size: "1Mi" } }), /1Mi/],
  ["folder-path", withService("order", { folder: { ...folder, path: "data" } }), /data/],
  ["scale-max", withService("order", { scale: { max: 11 } }), /11/],
  ["scale-of-folder", withService("order", { folder, scale: { max: 4 } }), /beside a folder/],
  ["scale-cpu", withService("order", { scale: { cpuPercent: 95 } }), /95 %/],
  ["beside-name", withForeign({ beside: { prices: { from: { image: "proxy:1" }, reason: "a test" } } }), /prices/],
  ["right-star", withForeign({ mayAlso: [{ ...right, on: "*" }] }), /\*/],
  ["right-action", withForeign({ mayAlso: [{ ...right, actions: ["GetObject"] }] }), /GetObject/],
  ["right-action", withForeign({ mayAlso: [{ ...right, actions: [] }] }), /none/],
  ["right-resource", withForeign({ mayAlso: [{ ...right, on: "pictures" }] }), /pictures/],
  ["job-schedule", withJob({ runs: "every 7 minutes" }), /7 minutes/],
  ["job-ends-within", withJob({ endsWithin: "soon" }), /soon/],
  ["job-piles-up", withJob({ endsWithin: "2h", overlap: "allow" }), /allow/],
  ["job-fresh-within", withJob({ freshWithin: "yesterday" }), /yesterday/],
  ["job-fresh-too-soon", withJob({ freshWithin: "30m" }), /every 3600 s/],
  ["job-fresh-when-asked", withJob({ runs: "when asked" }), /3h/],
];
