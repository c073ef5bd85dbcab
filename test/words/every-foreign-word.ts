import { defineSystem } from "../../model/system.ts";
import { fact, secret, template } from "../../model/words/value.ts";

const digest = `sha256:${"0".repeat(64)}`;
const keptBy = { declined: "its client has no time-out" } as const;
const call = { reason: "the price is part of the answer", onFailure: "own", transactional: false, keptBy } as const;

/** A system of programs that nobody here wrote, with every word for them, each with a value that is not its default. */
export const everyForeignWordSystem = defineSystem({
  name: "foreign",
  purpose: "Says everything that can be said of others' programs",
  owner: "foreign-team",
  entry: { rateLimit: { perSecond: 30, burst: 70 }, maxBody: "32Ki" },
  signIn: {
    audience: "offers",
    issuer: { service: "stock", keys: "/keys", name: "https://id.example.com", answer: "http" },
  },
  stores: {
    "offer-db": { kind: "postgres", keeps: "every write", database: "offers", extensions: ["pg_trgm"] },
    "visit-db": { kind: "mysql", keeps: "last hour" },
    board: { kind: "redis", keeps: "nothing" },
    "visit-news": { kind: "topic", keeps: "last hour", partitions: 4, database: "page-visits" },
    queue: { kind: "amqp", existing: "shop-queue", database: "jobs", user: "shop", password: "queue-password" },
  },
  services: {
    offers: {
      kind: "service",
      purpose: "Makes offers",
      tier: "critical",
      from: { build: "./offers", dockerfile: "docker/Dockerfile", target: "release", args: { VERSION: "3" } },
      run: ["serve", "--quiet"],
      owner: "offer-team",
      answers: {
        http: { protocol: "http", listens: 8000, known: 80 },
        live: { protocol: "http", listens: 8001, known: 81, open: "pushes prices as they change" },
        raw: { protocol: "tcp", listens: 7000 },
      },
      health: { ready: "/ready", alive: "/alive", port: 8000, headers: { Cookie: "probe=1" } },
      slo: { availability: 99.5, latency: { percent: 98, within: "417ms" } },
      measured: {
        prometheus: { seconds: "offer_seconds", good: 'code!~"5.."' },
        path: "/figures",
        port: 8001,
      },
      reads: {
        LOG_LEVEL: "warn",
        LIMIT: 5,
        QUIET: true,
        DATABASE: fact("offer-db", "jdbc"),
        API_KEY: secret("bank-key", "asked"),
        DSN: template`amqp://${fact("queue", "user")}:${secret("queue-key")}@${fact("queue", "address")}`,
        STOCK: fact("stock", "address"),
        BANK: fact("outside/bank", "url"),
      },
      files: {
        "/etc/offers/offers.conf": { text: "currency = EUR\n" },
        "/etc/offers/rates.csv": { from: "offers/rates.csv" },
        "/etc/offers/bank.pem": secret("bank-certificate", "asked"),
      },
      calls: {
        stock: {
          ...call,
          timeout: "3s",
          slow: "counts the shelves",
          answer: "rpc",
          maxConcurrent: 9,
          keptBy: { settings: { STOCK_TIMEOUT: "timeoutMs" } },
        },
      },
      outside: {
        bank: {
          host: "api.example.com",
          port: 8443,
          reason: "asks for the rate",
          onFailure: "default",
          timeout: "2s",
          onDev: { from: { build: "./bank" }, run: ["bank", "--quick"], listens: 8443 },
        },
      },
      uses: { "offer-db": { may: "write", pool: 7 }, queue: { may: "write" } },
      migration: {
        run: ["migrate", "up"],
        image: { image: `example.com/offers-tables:3@${digest}` },
        endsWithin: "10m",
      },
      needs: { startsWithin: "2m", stopsWithin: "25s", writes: ["/var/cache/offers"], user: 1234 },
      traces: "otlp",
      mayAlso: [{ actions: ["s3:GetObject"], on: "arn:aws:s3:::offer-pictures/*", reason: "shows pictures" }],
      beside: {
        proxy: {
          from: { image: `example.com/proxy:1@${digest}` },
          run: ["proxy", "--to", "8000"],
          reason: "speaks the bank's own protocol",
          reads: { BANK: fact("outside/bank", "host") },
        },
      },
      measures: {
        OffersOpen: { metric: "offers_open", kind: "gauge", meaning: "Offers that nobody has taken yet" },
      },
      routes: [
        { path: "/offers", access: "anyone" },
        { path: "/live", access: { signedIn: ["offers:live"] }, host: "push", as: "/stream", answer: "live" },
      ],
      sticky: "its offers are in memory",
    },
    stock: {
      purpose: "Knows what is there",
      tier: "standard",
      from: { make: "make image REFERENCE={reference}", watches: ["stock/**"] },
      answers: {
        rpc: { protocol: "grpc", listens: 50_051 },
        http: { protocol: "http", listens: 8080 },
        admin: { protocol: "http", listens: 8081 },
      },
      health: "spring",
      slo: { declined: "seen through offers" },
      measured: { prometheus: "micrometer", path: "/actuator/prometheus" },
      scale: { one: "its shelves are in memory" },
      uses: { "visit-db": { may: "change" } },
      migration: { itself: "as it always did" },
      traces: "zipkin",
    },
    visits: {
      purpose: "Counts visits",
      tier: "standard",
      from: { image: `example.com/visits:2@${digest}` },
      answers: { http: { protocol: "http", listens: 8080 } },
      health: { connects: "it has no health of its own" },
      slo: { availability: 99, latency: { percent: 95, within: "1s" } },
      measured: "gateway",
      uses: { "visit-db": { may: "read", shared: "one count for all" }, "visit-news": { may: "write" } },
      migration: { declined: "it only reads" },
      routes: [{ path: "GET /visits", access: "anyone" }],
    },
    sweeper: {
      kind: "worker",
      purpose: "Sweeps the board",
      tier: "standard",
      from: { build: "./sweeper" },
      health: { command: ["sweeper", "--check"] },
      slo: { declined: "nobody waits for it" },
      uses: { board: { may: "write" }, "visit-news": { may: "read", shared: "the same visits" } },
    },
    idler: {
      kind: "worker",
      purpose: "Waits",
      tier: "standard",
      from: { build: "./idler" },
      health: { declined: "a restart helps nobody" },
      slo: { declined: "nobody waits for it" },
      calls: { visits: call },
    },
    tidy: {
      kind: "job",
      purpose: "Forgets old offers",
      tier: "standard",
      from: { build: "./offers" },
      runs: "every 15 minutes",
      endsWithin: "4m",
      overlap: "replace",
      freshWithin: "1h",
      uses: { board: { may: "write", shared: "the same board" } },
    },
    audit: {
      kind: "job",
      purpose: "Looks at everything",
      tier: "standard",
      from: { build: "./offers" },
      runs: "when asked",
      endsWithin: "1h",
      overlap: "skip",
      freshWithin: { declined: "runs when somebody asks" },
    },
  },
});

/** A system that nobody outside may ask. */
export const closedSystem = defineSystem({
  name: "closed",
  purpose: "Works by itself",
  owner: "closed-team",
  entry: { declined: "nobody needs to ask" },
  services: {
    clock: {
      kind: "worker",
      purpose: "Counts the hours",
      tier: "standard",
      from: { build: "./clock" },
      health: { command: ["clock", "--check"] },
      slo: { declined: "nobody waits for it" },
    },
  },
});
