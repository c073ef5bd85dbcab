import type { SystemPlan } from "../../model/plan.ts";

/** The events of a system as one document: who says what, who listens, what takes it back, and the key that ties them. */
export function catalogue({ correlationKey, messaging }: SystemPlan): Record<string, string> {
  return {
    "events.json": `${JSON.stringify({ correlationKey, envelope: ENVELOPE, events: messaging.events }, null, 2)}\n`,
  };
}

/** Fields of every event beside its own. */
const ENVELOPE = ["eventId", "eventType", "version", "occurredAt"] as const;
