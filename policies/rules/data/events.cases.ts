import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const file = 'ConfigMap/events-4e5f6a7b data["events.json"]';
const event = { name: "OrderPlaced", producer: "order", consumers: ["payment"], fields: ["orderId"] };
const catalogue = (events: readonly object[], more: object = {}): string =>
  JSON.stringify({
    correlationKey: "orderId",
    envelope: ["eventId", "eventType", "version", "occurredAt"],
    events,
    ...more,
  });
const topic = "Topic/shop.order";
const consumer = "ConfigMap/payment-1a2b3c4d data";

// biome-ignore format: one case a line
export const cases: Cases = {
  "events-have-owners": { fails: { [file]: catalogue([event, { ...event, consumers: [], name: "Lost" }]) }, boundary: { [file]: catalogue([event, { ...event, consumers: [], name: "Last", terminal: true }, { ...event, consumers: [], name: "Kept", terminal: "for the archive" }]) } },
  "saga-can-go-back": { fails: { [file]: catalogue([{ ...event, undoneBy: "OrderCancelled" }]) }, boundary: { [file]: catalogue([{ ...event, undoneBy: "OrderPlaced" }]) } },
  "events-correlate": { fails: { [file]: catalogue([event], { envelope: ["eventId", "eventType", "occurredAt"] }) }, boundary: { [file]: catalogue([event], { envelope: ["eventId", "eventType", "version", "occurredAt", "traceId"] }) } },
  "topics-are-declared": { fails: { "-": ["Topic/shop.order.payment.dlq"] }, boundary: { "Topic/shop.order.payment.dlq name": "shop.order.DLT" }, unknown: { [`${consumer}.KAFKA_CONSUME`]: UNKNOWN } },
  "group-of-its-own": {
    given: { "Topic/shop.order partitions": 8, "ConfigMap/order-1a2b3c4d data.KAFKA_GROUP": "shop.order", "Deployment/order $c.env[+]": { name: "KAFKA_GROUP", valueFrom: { configMapKeyRef: { name: "order-1a2b3c4d", key: "KAFKA_GROUP" } } } },
    fails: { "ConfigMap/order-1a2b3c4d data.KAFKA_GROUP": "shop.payment" },
    boundary: { "ConfigMap/order-1a2b3c4d data.KAFKA_GROUP": "shop.payments" },
  },
  "events-wait": { fails: { [`${topic} config["retention.ms"]`]: "86399999" }, boundary: { [`${topic} config["retention.ms"]`]: "86400000" } },
  "reads-from-the-start": { fails: { [`${consumer}.KAFKA_AUTO_OFFSET_RESET`]: "latest" }, boundary: { [`${consumer}.KAFKA_AUTO_OFFSET_RESET`]: "earliest" } },
};
