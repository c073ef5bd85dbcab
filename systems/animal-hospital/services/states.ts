/** States of a reservation as the customer sees them, in the order in which they can follow each other. Nothing leaves CANCELED. */
export const RESERVATION_STATES = ["CONFIRMED", "TREATED", "BILLED", "PAID", "CANCELING", "CANCELED"] as const;
export type ReservationState = (typeof RESERVATION_STATES)[number];

/** The state after news: news that is older than what is known changes nothing, and a cancelled reservation makes no progress. */
export function advance(known: ReservationState, news: ReservationState): ReservationState {
  return RESERVATION_STATES.indexOf(news) > RESERVATION_STATES.indexOf(known) ? news : known;
}

/** What a request to cancel means in each state: a visit that is paid is over. */
export function cancelOutcome(state: ReservationState): "cancel" | "already" | "refuse" {
  if (state === "PAID") return "refuse";
  return state === "CANCELING" || state === "CANCELED" ? "already" : "cancel";
}

/** What becomes of a request for a treatment: it is open until diagnosis has answered, and a reservation only after its yes. */
export const REQUEST_STATES = ["REQUESTED", "CONFIRMED", "REFUSED", "ABANDONED"] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const RECORD_STATES = ["ACCEPTED", "TREATED", "CANCELED", "VOIDED"] as const;
export type RecordState = (typeof RECORD_STATES)[number];

export const BILL_STATES = ["BILLED", "PAID", "CANCELED", "REFUNDED"] as const;
export type BillState = (typeof BILL_STATES)[number];

/** The bill's state once its reservation is cancelled; what was paid is given back, once. */
export function billAfterCancel(state: BillState): BillState {
  return state === "PAID" || state === "REFUNDED" ? "REFUNDED" : "CANCELED";
}
