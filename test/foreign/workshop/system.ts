import { defineSystem } from "../../../model/system.ts";
import { fact, secret, template } from "../../../model/words/value.ts";

const keptBy = { declined: "the program has its own client" } as const;
const call = { reason: "the price is part of the answer", onFailure: "own", transactional: false, keptBy } as const;

/** A workshop whose programs were written without this project: Python, Go, a ready image, a worker and a job. */
export const workshop = defineSystem({
  name: "workshop",
  purpose: "Takes bicycles in for repair",
  owner: "workshop-team",
  entry: { rateLimit: { perSecond: 200, burst: 400 }, maxBody: "64Ki" },
  stores: {
    "tickets-db": { kind: "postgres", keeps: "every write" },
    "price-board": { kind: "redis", keeps: "nothing" },
  },
  services: {
    tickets: {
      purpose: "Takes and lists repairs",
      tier: "critical",
      from: { build: "./tickets" },
      answers: { http: { protocol: "http", listens: 8000, known: 80 } },
      health: { ready: "/ready", alive: "/alive" },
      slo: { declined: "an example promises nothing" },
      uses: { "tickets-db": { may: "write", pool: 4 } },
      migration: { run: ["python", "migrate.py"] },
      calls: { board: { ...call, reason: "the opening hours stand on every ticket" } },
      reads: {
        DSN: fact("tickets-db", "dsn"),
        BOARD: fact("board", "url"),
        SIGNATURE: template`workshop:${secret("signing-key")}`,
      },
      files: { "/etc/workshop/greeting.txt": { text: "Welcome to the workshop\n" } },
      routes: ["/tickets"],
      needs: { startsWithin: "90s" },
    },
    prices: {
      purpose: "Knows what a repair costs",
      tier: "standard",
      from: { build: "./prices", target: "prices" },
      answers: { grpc: { protocol: "grpc", listens: 50_051 } },
      health: "grpc",
      slo: { declined: "an example promises nothing" },
    },
    restock: {
      kind: "worker",
      purpose: "Writes prices on the board every second",
      tier: "standard",
      from: { build: "./prices", target: "restock" },
      health: { declined: "it answers nobody; its lag is seen on the board" },
      slo: { declined: "an example promises nothing" },
      scale: { one: "two would write the same" },
      calls: { prices: call },
      uses: { "price-board": { may: "write" } },
      reads: {
        PRICES: fact("prices", "address"),
        BOARD: fact("price-board", "address"),
        BOARD_USER: fact("price-board", "user"),
        BOARD_PASSWORD: fact("price-board", "password"),
      },
    },
    board: {
      purpose: "Shows the opening hours",
      tier: "standard",
      from: { image: "python:3.11-slim" },
      run: ["python3", "-m", "http.server", "8080", "--directory", "/srv/board"],
      answers: { http: { protocol: "http", listens: 8080 } },
      health: { ready: "/hours.txt", alive: "/hours.txt" },
      slo: { declined: "an example promises nothing" },
      files: { "/srv/board/hours.txt": { text: "9 to 17\n" } },
      routes: [{ path: "/hours", as: "/" }],
    },
    tidy: {
      kind: "job",
      purpose: "Forgets tickets that were closed long ago",
      tier: "standard",
      from: { build: "./tickets" },
      run: ["python", "tidy.py"],
      runs: "every minute",
      endsWithin: "50s",
      overlap: "skip",
      freshWithin: "10m",
      uses: { "tickets-db": { may: "write", shared: "the same tickets, after hours", pool: 1 } },
      reads: { DSN: fact("tickets-db", "dsn") },
    },
  },
});
