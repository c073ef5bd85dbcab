import { draftSystem } from "../../../model/draft.ts";
import { fact } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
// compose.yaml:30: collector (otel/opentelemetry-collector:0.140.0) is not carried over: `traces` says what a service sends, and the platform where to
export const gateway = draftSystem({
  name: "gateway",
  services: {
    // compose.yaml:2
    // ports 10000:10000 (compose.yaml:4): no route: it is there for people at work, as it seems; add one if the public needs it
    // OTEL_EXPORTER_OTLP_ENDPOINT is left out: `traces` sets it, compose.yaml:14
    "web-gateway": {
      from: { image: "park/gateway:1" },
      answers: { http: { protocol: "http", listens: 8080 }, admin: { protocol: "http", listens: 10000 } },
      // from ports 8080:8080, compose.yaml:4
      routes: [{ path: "/" }],
      calls: {
        tickets: {}, // from TICKETS_HOST=tickets in web-gateway, compose.yaml:7
        rides: {}, // from RIDES_ADDR=rides.park.internal:7001 in web-gateway, compose.yaml:9
        visitors: {}, // from VISITORS_URL=http://visitors:5000 in web-gateway, compose.yaml:11
      },
      traces: "otlp",
      reads: {
        ADMIN_PORT: "10000",
        TICKETS_HOST: fact("tickets", "host"),
        TICKETS_PORT: fact("tickets", "port"),
        RIDES_ADDR: fact("rides", "address"),
        MAPS_URL: "http://maps:80/tiles", // nobody here is called maps: nothing lets it through
        VISITORS_URL: fact("visitors", "url"),
        ISSUER_URL: "https://id.example.com",
        TRACES_HOST: "collector",
      },
    },
    // compose.yaml:16
    tickets: { from: { image: "park/tickets:1" }, answers: { "port-7000": { listens: 7000 } } },
    // compose.yaml:19
    // ports 7001:7001 (compose.yaml:21): no route: it is there for people at work, as it seems; add one if the public needs it
    rides: { from: { image: "park/rides:1" }, answers: { "port-7001": { listens: 7001 } } },
    // compose.yaml:24
    // ports 5000:5000 (compose.yaml:26): no route: it is there for people at work, as it seems; add one if the public needs it
    visitors: { from: { image: "park/visitors:1" }, answers: { http: { protocol: "http", listens: 5000 } } },
    // compose.yaml:27
    crowd: {
      kind: "worker",
      from: { image: "park/crowd:1" },
      calls: {
        "web-gateway": {}, // from TARGET_URL=http://web-gateway:8080 in crowd, compose.yaml:29
      },
      reads: { TARGET_URL: fact("web-gateway", "url") },
    },
  },
});
