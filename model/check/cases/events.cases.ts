import { type Case, schema, sound, withEvent, withForeign, withService } from "./sound.ts";

const { events: _events, ...eventless } = sound;

/** Events, their topics and what keeps them. */
export const EVENTS: readonly Case[] = [
  ["correlation-key-unused", eventless, /orderId.* no events/],
  ["unknown-event-publishes", withService("order", { publishes: ["Placed", "Canceled", "Placd"] }), /Placd/],
  ["unknown-event-consumes", withService("delivery", { consumes: ["Placed", "Canceled", "Cancelled"] }), /Cancelled/],
  ["event-listed-twice", withService("delivery", { consumes: ["Placed", "Placed", "Canceled"] }), /Placed.* twice/],
  ["no-producer", withService("order", { publishes: ["Canceled"] }), /no service publishes/],
  ["two-producers", withService("payment", { publishes: ["Placed"] }), /"order", "payment"/],
  ["no-consumer", withService("delivery", { consumes: ["Placed"] }), /nobody consumes/],
  ["terminal-consumed", withEvent("Canceled", { terminal: "for the archive" }), /delivery/],
  ["own-event", withService("order", { consumes: ["Placed"] }), /its own "Placed"/],
  ["unknown-compensation", withEvent("Placed", { undoneBy: "Cancled" }), /Cancled/],
  ["compensates-itself", withEvent("Placed", { undoneBy: "Placed" }), /itself/],
  ["events-need-kit", withForeign({ publishes: ["Placed"] }), /not on the kit/],
  ["partitions", { ...sound, partitions: 0 }, /0/],
  ["partitions-below-replicas", { ...sound, partitions: 4 }, /4 partitions, while delivery scales to 6/],
  ["no-store-for-events", withService("delivery", { uses: {} }), /no database/],
  ["reserved-field", withEvent("Placed", { data: schema("orderId", "eventId") }), /eventId/],
  ["event-without-key", withEvent("Placed", { data: schema("qty") }), /qty/],
];
