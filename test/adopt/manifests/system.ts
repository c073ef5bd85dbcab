import { draftSystem } from "../../../model/draft.ts";
import { fact, secret, template } from "../../../model/words/value.ts";

// Adopted from k8s.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
// k8s/desk.yaml:51: Ingress library: nginx.ingress.kubernetes.io/proxy-body-size: 8m is not carried over
// k8s/members-db.yaml:43: cilium.io/CiliumNetworkPolicy shelves is not carried over
// k8s/loans.yaml:55: collector (otel/opentelemetry-collector-contrib:0.140.0) is not carried over: `traces` says what a service sends, and the platform where to
export const library = draftSystem({
  name: "library",
  stores: {
    // members-db (postgres:17), k8s/members-db.yaml:1
    "members-db": { kind: "postgres", database: "members" },
  },
  services: {
    // k8s/desk.yaml:1
    // k8s/desk.yaml:9: nodeSelector: {"disk":"ssd"} is not carried over
    // k8s/desk.yaml:13: `run` is given to the entry point of the image, if it has one: write that before it
    // not set: NODE, from spec.nodeName, which nobody says, k8s/desk.yaml:18
    desk: {
      from: { image: "library/desk:7@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0" },
      run: ["--shelf", "$(SHELF)"],
      answers: { http: { protocol: "http", listens: 8080, known: 80 } },
      health: { ready: "/ready", alive: "/live" },
      needs: { cpu: "100m", memory: "256Mi", startsWithin: "150s", writes: ["/var/cache/desk"] },
      scale: { max: 6, cpuPercent: 60 },
      // from Ingress library, k8s/desk.yaml:57
      routes: [{ path: "/" }],
      calls: {
        loans: {}, // from LOANS_ADDR=loans:9000 in desk, k8s/config.yaml:5
        catalogue: {}, // from CATALOGUE_URL=http://catalogue.library.svc.cluster.local/books in desk, k8s/config.yaml:6
      },
      uses: {
        "members-db": {}, // from MEMBERS_DSN=postgres://members-db:5432/members in desk, k8s/config.yaml:7
      },
      reads: {
        LOANS_ADDR: fact("loans", "address"),
        CATALOGUE_URL: template`${fact("catalogue", "url")}/books`,
        MEMBERS_DSN: template`postgres://${fact("members-db", "address")}/members`,
        SHELF: "poetry",
        POD: fact("self", "replica"),
        STAMPS: "stamps:7070", // nobody here is called stamps: nothing lets it through
      },
      beside: {
        sidecar: { from: { image: "library/courier:1" }, reads: { COURIER_TOKEN: secret("courier-token", "asked") } },
      },
    },
    // k8s/loans.yaml:1
    // OTEL_EXPORTER_OTLP_ENDPOINT is left out: `traces` sets it, k8s/loans.yaml:23
    loans: {
      from: { image: "library/loans:7" },
      answers: { grpc: { protocol: "grpc", listens: 9000 }, http: { protocol: "http", listens: 8080 } },
      health: "grpc",
      needs: { stopsWithin: "1m", user: 1500 },
      // from Ingress library, k8s/desk.yaml:58
      routes: [{ path: "/loans", answer: "http" }],
      uses: {
        "members-db": {}, // from MEMBERS_DSN=postgres://members-db:5432/members in loans, k8s/loans.yaml:15
      },
      traces: "otlp",
      reads: {
        MEMBERS_DSN: template`postgres://${fact("members-db", "address")}/members`,
        MEMBERS_USER: fact("members-db", "user"),
        MEMBERS_PASSWORD: fact("members-db", "password"),
        STRIPE_KEY: secret("payments-stripe", "asked"),
      },
      files: { "/etc/loans/rules.ini": { text: "days = 21\n" } },
    },
    // k8s/loans.yaml:37
    catalogue: {
      from: { image: "library/catalogue:7" },
      answers: { http: { protocol: "http", listens: 5000, known: 80 } },
      health: { connects: "its probes ask for a connection only" },
    },
    // k8s/members-db.yaml:26
    reminders: {
      kind: "job",
      runs: "every day at 6:30",
      endsWithin: "10m",
      overlap: "skip",
      from: { image: "library/reminders:7" },
      calls: {
        loans: {}, // from LOANS_ADDR=loans:9000 in reminders, k8s/members-db.yaml:41
      },
      reads: { LOANS_ADDR: fact("loans", "address") },
    },
  },
});
