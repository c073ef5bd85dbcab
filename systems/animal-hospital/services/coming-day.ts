import { Refusal } from "../../../runtime/http/refusal.ts";

const HOUR_MS = 3_600_000;
/** The farthest clock east of UTC: somewhere it is still that day. */
const LATEST_ZONE_MS = -12 * HOUR_MS;

/** Refuses a day that no calendar has, and one that is over everywhere on earth. */
export function comingDay(day: string, now = Date.now()): void {
  const refuse = (why: string) => new Refusal(400, "invalid_request", `body.reservationDate ${why}: ${day}`);
  const begin = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(begin.getTime()) || !begin.toISOString().startsWith(day)) throw refuse("is no day of the calendar");
  if (day < new Date(now + LATEST_ZONE_MS).toISOString().slice(0, 10)) throw refuse("is over");
}
