import { defineSystem } from "../../model/system.ts";
import { events } from "./services/events.ts";
import { paymentContract } from "./services/payment-contract.ts";

/** Sliced raw fish, ordered, paid, prepared and delivered. */
export const fishdelivery = defineSystem({
  name: "fishdelivery",
  purpose: "Customers order sliced raw fish, pay, and follow it to their door",
  owner: "fish-team",
  correlationKey: "orderId",

  stores: {
    "order-db": { kind: "mariadb", keeps: "every write", database: "order" },
    "payment-db": { kind: "mariadb", keeps: "every write", database: "payment" },
    "fishstore-db": { kind: "mariadb", keeps: "every write", database: "fishstore" },
    "delivery-db": { kind: "mariadb", keeps: "every write", database: "delivery" },
    "mypage-db": { kind: "mariadb", keeps: "last hour", database: "mypage" },
  },

  services: {
    order: {
      purpose: "Takes, follows and cancels orders; no order stands unpaid",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "700ms" } },
      calls: {
        payment: {
          reason: "an order is complete only when its payment is",
          onFailure: "reject",
          transactional: true,
          contract: paymentContract,
          timeout: "610ms",
        },
      },
      publishes: ["OrderPlaced", "OrderAbandoned", "OrderCanceled", "CancellationCompleted"],
      consumes: [
        "PayCanceled",
        "OrderTaken",
        "OrderPrepared",
        "OrderRefused",
        "StoreCanceled",
        "DeliveryStarted",
        "DeliveryCompleted",
        "DeliveryFailed",
        "DeliveryCanceled",
      ],
      uses: { "order-db": { may: "write" } },
      routes: [{ path: "/orders", access: "anyone" }],
    },
    payment: {
      purpose: "Decides, captures and refunds payments",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" } },
      publishes: ["PayApproved", "PayCanceled"],
      consumes: ["OrderPlaced", "OrderAbandoned", "OrderCanceled"],
      uses: { "payment-db": { may: "write" } },
      routes: [{ path: "GET /payments", access: "anyone" }],
    },
    fishstore: {
      purpose: "Accepts paid orders and prepares the fish",
      tier: "standard",
      slo: { availability: 99.5, latency: { percent: 99, within: "500ms" }, freshness: { percent: 99, within: "30s" } },
      publishes: ["OrderTaken", "OrderPrepared", "OrderRefused", "StoreCanceled"],
      consumes: ["PayApproved", "OrderCanceled"],
      uses: { "fishstore-db": { may: "write" } },
      routes: [{ path: "/fishstores", access: "anyone" }],
      scale: { max: 3 },
    },
    delivery: {
      purpose: "Sends the rider when the fish is packed",
      tier: "standard",
      slo: { availability: 99.5, latency: { percent: 99, within: "500ms" }, freshness: { percent: 99, within: "30s" } },
      publishes: ["DeliveryStarted", "DeliveryCompleted", "DeliveryFailed", "DeliveryCanceled"],
      consumes: ["OrderPrepared", "OrderCanceled"],
      uses: { "delivery-db": { may: "write" } },
      routes: [{ path: "/deliveries", access: "anyone" }],
      scale: { max: 3 },
    },
    mypage: {
      purpose: "Shows customers how far their orders are; rebuilt from the events at any time",
      tier: "standard",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" }, freshness: { percent: 99, within: "10s" } },
      consumes: [
        "OrderPlaced",
        "OrderCanceled",
        "CancellationCompleted",
        "PayApproved",
        "PayCanceled",
        "OrderTaken",
        "OrderPrepared",
        "DeliveryStarted",
        "DeliveryCompleted",
      ],
      uses: { "mypage-db": { may: "write" } },
      routes: [{ path: "GET /myPages", access: "anyone" }],
      scale: { max: 3 },
    },
  },

  events: {
    OrderPlaced: { data: events.OrderPlaced, undoneBy: "OrderCanceled" },
    OrderAbandoned: {
      data: events.OrderAbandoned,
      undoneBy: { declined: "takes back a payment whose order was never made" },
    },
    OrderCanceled: { data: events.OrderCanceled, undoneBy: { declined: "starts the compensation of every step" } },
    CancellationCompleted: { data: events.CancellationCompleted, undoneBy: { declined: "end of the compensation" } },
    PayApproved: { data: events.PayApproved, undoneBy: "PayCanceled" },
    PayCanceled: { data: events.PayCanceled, undoneBy: { declined: "is the compensation of PayApproved" } },
    OrderTaken: { data: events.OrderTaken, undoneBy: "StoreCanceled" },
    OrderPrepared: { data: events.OrderPrepared, undoneBy: "StoreCanceled" },
    OrderRefused: { data: events.OrderRefused, undoneBy: { declined: "the store did nothing; the order is canceled" } },
    StoreCanceled: {
      data: events.StoreCanceled,
      undoneBy: { declined: "is the compensation of OrderTaken and OrderPrepared" },
    },
    DeliveryStarted: { data: events.DeliveryStarted, undoneBy: "DeliveryCanceled" },
    DeliveryCompleted: {
      data: events.DeliveryCompleted,
      undoneBy: { declined: "the fish is eaten; a later cancel is refused" },
    },
    DeliveryFailed: {
      data: events.DeliveryFailed,
      undoneBy: { declined: "nothing was handed over; the order is canceled" },
    },
    DeliveryCanceled: {
      data: events.DeliveryCanceled,
      undoneBy: { declined: "is the compensation of DeliveryStarted" },
    },
  },

  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
});
