import { defineSystem } from "../../model/system.ts";
import { fact } from "../../model/words/value.ts";
import { assignmentContract } from "./services/assignment-contract.ts";
import { events } from "./services/events.ts";

/** Cleaning at home: called, assigned to a cleaner, followed, called off. */
export const cleanmall = defineSystem({
  name: "cleanmall",
  purpose: "Customers call a cleaner, and hear who comes",
  owner: "mall-team",
  correlationKey: "callId",

  stores: {
    "cleancall-db": { kind: "mariadb", keeps: "every write", database: "cleancall" },
    "cleanmanage-db": { kind: "mariadb", keeps: "every write", database: "cleanmanage" },
    "cleanassign-db": { kind: "postgres", keeps: "every write", database: "cleanassign" },
    "customer-db": { kind: "postgres", keeps: "every write", database: "customer" },
    "cleanview-db": { kind: "mariadb", keeps: "last hour", database: "cleanview" },
  },

  services: {
    cleancall: {
      purpose: "Takes, follows and cancels calls; no call stands whose assignment was not asked for",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "700ms" } },
      calls: {
        cleanmanage: {
          reason: "a customer who is told yes must be given a cleaner",
          onFailure: "reject",
          transactional: true,
          contract: assignmentContract,
          timeout: "610ms",
        },
      },
      publishes: ["Cleancalled", "CleancallCancelled"],
      consumes: ["CleanassignCompleted", "CleanassignCancelled"],
      uses: { "cleancall-db": { may: "write" } },
      routes: [{ path: "/cleancalls", access: "anyone" }],
    },
    cleanmanage: {
      purpose: "Manages calls and asks for their assignment",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" } },
      publishes: ["CleanmanageAssigned", "CleanmanageCancelled"],
      consumes: ["Cleancalled", "CleancallCancelled", "CleanassignCompleted"],
      uses: { "cleanmanage-db": { may: "write" } },
      routes: [{ path: "GET /cleanmanages", access: "anyone" }],
    },
    cleanassign: {
      purpose: "Assigns a cleaner to each call, and frees who is not needed",
      tier: "standard",
      slo: { availability: 99.5, latency: { percent: 99, within: "500ms" }, freshness: { percent: 99, within: "30s" } },
      publishes: ["CleanassignCompleted", "CleanassignCancelled"],
      consumes: ["CleanmanageAssigned", "CleanmanageCancelled"],
      uses: { "cleanassign-db": { may: "write" } },
      routes: [{ path: "GET /cleanassigns", access: "anyone" }],
      scale: { max: 3 },
    },
    cleanview: {
      purpose: "Shows customers how far their calls are; rebuilt from the events at any time",
      tier: "standard",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" }, freshness: { percent: 99, within: "10s" } },
      consumes: ["Cleancalled", "CleancallCancelled", "CleanassignCompleted", "CleanassignCancelled"],
      uses: { "cleanview-db": { may: "write" } },
      routes: [{ path: "GET /cleanviews", access: "anyone" }],
      scale: { max: 3 },
    },
    customer: {
      kind: "worker",
      purpose: "Tells customers who comes, and that a cleaning is called off",
      tier: "standard",
      from: { build: "./services/customer" },
      health: { command: ["python", "alive.py"] },
      slo: { declined: "how long records wait for it is seen in the lag of its group" },
      consumes: ["CleanassignCompleted", "CleanassignCancelled"],
      uses: { "customer-db": { may: "write", pool: 1 } },
      migration: { run: ["python", "migrate.py"] },
      reads: {
        KAFKA_BROKERS: fact("self", "brokers"),
        KAFKA_AUTH: fact("self", "auth"),
        KAFKA_TOPICS: fact("self", "topics"),
        KAFKA_GROUP: fact("self", "group"),
        SERVICE: fact("self", "service"),
        DSN: fact("customer-db", "dsn"),
      },
      needs: { memory: "128Mi" },
      scale: { max: 3 },
    },
  },

  events: {
    Cleancalled: { data: events.Cleancalled, undoneBy: "CleancallCancelled" },
    CleancallCancelled: {
      data: events.CleancallCancelled,
      undoneBy: { declined: "starts the compensation of every step" },
    },
    CleanmanageAssigned: { data: events.CleanmanageAssigned, undoneBy: "CleanmanageCancelled" },
    CleanmanageCancelled: {
      data: events.CleanmanageCancelled,
      undoneBy: { declined: "is the compensation of CleanmanageAssigned" },
    },
    CleanassignCompleted: { data: events.CleanassignCompleted, undoneBy: "CleanassignCancelled" },
    CleanassignCancelled: { data: events.CleanassignCancelled, undoneBy: { declined: "end of the compensation" } },
  },

  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
});
