import type { Entry, System } from "../system.ts";
import { signIn } from "./forms/access.ts";
import { event, store } from "./forms/edge.ts";
import { declined } from "./forms/promise.ts";
import { part } from "./forms/service.ts";
import { either, group, optional, sentence, table, text, whole } from "./shape.ts";
import type { Agrees, Proof } from "./told.ts";

/*
 * The words of `model/system.ts` with the forms in which they are checked. A new word is written there with its meaning
 * and here, or in `forms/`, with its form; `Agreed` does not compile until both agree. Names, units and ranges are for
 * `model/check/`.
 */
const entry = group({
  rateLimit: group({ perSecond: whole(50), burst: whole(100) }),
  maxBody: text("64Ki"),
});

/** The form of a whole description. */
export const DESCRIPTION = group({
  name: text("shop"),
  purpose: sentence("what it is for"),
  owner: text("shop-team"),
  correlationKey: optional(text("orderId")),
  events: optional(table("OrderPlaced", event)),
  stores: optional(table("orders-db", store)),
  services: table("order", part),
  partitions: optional(whole(6)),
  entry: either(entry, declined),
  signIn: optional(signIn),
});

/** Refuses to compile as soon as a form has a word that its type lacks, or the other way round, and names it. */
export type Agreed = [Proof<Agrees<typeof entry, Entry>>, Proof<Agrees<typeof DESCRIPTION, System>>];
