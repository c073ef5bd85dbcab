import type { Declined } from "./declined.ts";

/** JSON schema of an event's data: the same object with which the services check what they send and receive. */
export interface EventSchema {
  readonly properties: Readonly<Record<string, object>>;
}

/** One kind of event. Its meaning is its name; its producer is the service that lists it under `publishes`. */
export interface Event<E extends string = string> {
  /** What it tells; always with the system's correlation key. */
  readonly data: EventSchema;
  /** The event that takes this one back, or why nothing has to. */
  readonly undoneBy: E | Declined;
  /** Set when nobody in the system listens, with the reason why it is published all the same. */
  readonly terminal?: string;
}
