import { defineSystem, fact } from "slipway";

/** What the owner of the notes writes after `slipway init`: the answers to what nobody could read from the Dockerfile. */
export const system = defineSystem({
  name: "notes-shop",
  purpose: "Keeps notes",
  owner: "notes-team",
  stores: { "notes-db": { kind: "postgres", keeps: "every write" } },
  services: {
    notes: {
      purpose: "Keeps and lists notes",
      tier: "standard",
      from: { build: "../notes" },
      answers: { http: { protocol: "http", listens: 8000 } },
      health: { ready: "/notes", alive: "/alive" },
      slo: { declined: "not yet in use" },
      needs: { user: 1000 },
      uses: { "notes-db": { may: "write", pool: 1 } },
      migration: { run: ["python3", "migrate.py"] },
      reads: {
        DB_HOST: fact("notes-db", "host"),
        DB_PORT: fact("notes-db", "port"),
        DB_NAME: fact("notes-db", "name"),
        DB_USER: fact("notes-db", "user"),
        DB_PASSWORD: fact("notes-db", "password"),
      },
      routes: [{ path: "/notes", access: "anyone" }],
    },
  },
  entry: { rateLimit: { perSecond: 100, burst: 200 }, maxBody: "64Ki" },
});
