import Type from "typebox";
import { Refusal } from "../../../runtime/http/refusal.ts";

/** Months to look back. */
export const Period = Type.Optional(Type.String({ pattern: "^(1|2|3|6)$" }));

/** The day of now in UTC, some months ago. */
export function dayBefore(months: number, now = new Date()): string {
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 0)).getUTCDate();
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, Math.min(now.getUTCDate(), last)));
  return day.toISOString().slice(0, 10);
}

/** Refuses a day that no calendar has, and one that is still to come anywhere on Earth. */
export function refuseNoDay(date: string, now = Date.now()): void {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date)
    throw new Refusal(400, "invalid_request", `body.date: there is no ${date} in the calendar.`);
  if (day.getTime() > now + 14 * 3_600_000)
    throw new Refusal(422, "not_yet", `body.date: ${date} is still to come; a diary says what was.`);
}
