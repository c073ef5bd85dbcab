import { defineSystem } from "../../model/system.ts";

const from = (folder: string) => ({ build: folder }) as const;
const slo = { availability: 99.5, latency: { percent: 99, within: "500ms" } } as const;

/** Programs of others of every kind that monitoring tells apart: counted at the entry, by themselves and by nobody, a worker and jobs. */
export const watched = defineSystem({
  name: "watched",
  purpose: "Is watched from outside",
  owner: "watchers",
  stores: { books: { kind: "postgres", keeps: "every write" } },
  services: {
    front: {
      purpose: "Shows pages",
      tier: "critical",
      from: from("front"),
      answers: { http: { protocol: "http", listens: 3000, known: 80 } },
      health: { ready: "/ready", alive: "/alive" },
      slo,
      measured: "gateway",
      routes: [{ path: "/", access: "anyone" }],
      calls: {
        clinic: {
          reason: "shows its list",
          onFailure: "own",
          transactional: false,
          keptBy: { declined: "its client has no breaker" },
        },
        ledger: {
          reason: "shows the balance",
          onFailure: "own",
          transactional: false,
          keptBy: { settings: { LEDGER_DEADLINE_MS: "timeoutMs" } },
        },
      },
    },
    clinic: {
      purpose: "Keeps a list",
      tier: "standard",
      from: from("clinic"),
      answers: { http: { protocol: "http", listens: 8081 } },
      health: "spring",
      slo,
      measured: { prometheus: "micrometer", path: "/actuator/prometheus" },
      uses: { books: { may: "change" } },
      migration: { itself: "Flyway runs at its start" },
      needs: { memory: "512Mi", startsWithin: "2m" },
    },
    ledger: {
      purpose: "Knows the balance",
      tier: "standard",
      from: { image: `registry.example/ledger:1.4@sha256:${"1a".repeat(32)}` },
      answers: { grpc: { protocol: "grpc", listens: 50_051 } },
      health: "grpc",
      slo: { declined: "seen through front" },
      scale: { one: "its book is in memory" },
    },
    mailer: {
      kind: "worker",
      purpose: "Sends mails",
      tier: "standard",
      from: from("mailer"),
      health: { command: ["/mailer", "--check"] },
      slo: { declined: "nobody waits for a mail" },
      outside: { relay: { host: "smtp.example.org", port: 587, reason: "takes the mails", onFailure: "queue" } },
    },
    report: {
      kind: "job",
      purpose: "Adds up the day",
      tier: "standard",
      from: from("report"),
      runs: "every day at 03:15",
      endsWithin: "20m",
      overlap: "skip",
      freshWithin: "26h",
      uses: { books: { may: "read", shared: "adds up what clinic wrote" } },
    },
    again: {
      kind: "job",
      purpose: "Builds the list anew",
      tier: "standard",
      from: from("again"),
      runs: "when asked",
      endsWithin: "1h",
      overlap: "skip",
      freshWithin: { declined: "runs when somebody asks" },
    },
  },
  entry: { rateLimit: { perSecond: 10, burst: 20 }, maxBody: "64Ki" },
});
