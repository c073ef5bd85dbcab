import { defineSystem } from "../../model/system.ts";

const money = { properties: { orderId: { type: "string" }, amount: { type: "integer" } } };

/** A system in which every word of a description stands, each with a value that is not its default. */
export const everyWordSystem = defineSystem({
  name: "words",
  purpose: "Says everything that can be said",
  owner: "word-team",
  correlationKey: "orderId",
  partitions: 8,
  stores: {
    "order-db": { kind: "mariadb", keeps: "every write", database: "orders" },
    "payment-db": { kind: "mariadb", keeps: "every write" },
    "report-db": { kind: "mariadb", keeps: "nothing" },
    "receipt-db": { kind: "mariadb", keeps: "last hour" },
  },
  services: {
    order: {
      purpose: "Takes orders",
      tier: "critical",
      slo: {
        availability: 99.8,
        latency: { percent: 98, within: "700ms" },
        freshness: { percent: 97, within: "10s" },
      },
      calls: {
        payment: {
          reason: "no order stands unpaid",
          onFailure: "reject",
          transactional: true,
          contract: { request: money, response: { properties: { paymentId: { type: "string" } } } },
          timeout: "450ms",
          maxConcurrent: 20,
        },
      },
      publishes: ["Placed", "Canceled", "Archived"],
      consumes: ["Paid", "Refunded"],
      uses: { "order-db": { may: "write" } },
      measures: {
        OrdersWaiting: {
          metric: "orders_waiting",
          kind: "gauge",
          meaning: "Orders that nobody has looked at yet",
          alert: {
            severity: "ticket",
            limit: { above: 100 },
            lasting: "10m",
            impact: "Customers wait for an answer.",
            fix: ["Is anybody in the shop?", "Send more people."],
          },
        },
        OrdersRare: {
          metric: "orders_total",
          kind: "counter",
          meaning: "Orders that came in",
          alert: {
            severity: "page",
            limit: { below: 0.001 },
            lasting: "30m",
            impact: "Nobody buys.",
            fix: ["Does the shop answer?"],
          },
        },
      },
      routes: [
        { path: "/orders", access: "anyone" },
        { path: "GET /reports", access: "anyone" },
      ],
      scale: { max: 5, cpuPercent: 50 },
      needs: { cpu: "750m", memory: "256Mi" },
    },
    payment: {
      purpose: "Takes money",
      tier: "standard",
      slo: { declined: "seen through order" },
      publishes: ["Paid", "Refunded"],
      consumes: ["Placed", "Canceled"],
      uses: { "payment-db": { may: "write" } },
    },
    report: {
      purpose: "Counts orders",
      tier: "standard",
      slo: { declined: "read once a week" },
      consumes: ["Placed"],
      uses: { "report-db": { may: "write" } },
      routes: [{ path: "GET /counts", access: "anyone" }],
    },
    archive: {
      kind: "worker",
      purpose: "Files what was paid",
      tier: "standard",
      from: { kit: "workers/archive.ts" },
      slo: { freshness: { percent: 95, within: "30s" } },
      consumes: ["Paid"],
      uses: { "report-db": { may: "write", shared: "reports are made of it" } },
    },
    receipt: {
      purpose: "Keeps receipts",
      tier: "standard",
      slo: { declined: "read once a year" },
      uses: { "receipt-db": { may: "write" } },
      folder: { size: "2Gi", path: "/receipts", keeps: "every write" },
      routes: [{ path: "GET /receipts", access: "anyone" }],
    },
  },
  events: {
    Placed: { data: money, undoneBy: "Canceled" },
    Canceled: { data: money, undoneBy: { declined: "is the way back itself" } },
    Paid: { data: money, undoneBy: "Refunded" },
    Refunded: { data: money, undoneBy: { declined: "money given back stays there" } },
    Archived: { data: money, undoneBy: { declined: "paper is patient" }, terminal: "the tax office reads it later" },
  },
  entry: { rateLimit: { perSecond: 30, burst: 70 }, maxBody: "32Ki" },
});
