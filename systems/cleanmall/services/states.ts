/** How far a call is. A cancelled call stays: the customer may look at it. */
export const CALL_STATES = ["CALLED", "CONFIRMED", "CANCELLING", "CANCELLED"] as const;
export type CallState = (typeof CALL_STATES)[number];

/** How far its management is: only asked for, being assigned, assigned, or called off. */
export const MANAGE_STATES = ["ASKED", "CALLING", "CONFIRMED", "CANCELLED"] as const;

export const ASSIGN_STATES = ["CONFIRMED", "CANCELLED"] as const;

/** The later of two states: news that comes late takes nothing back. */
export function advance(now: CallState, news: CallState): CallState {
  return CALL_STATES.indexOf(news) > CALL_STATES.indexOf(now) ? news : now;
}
