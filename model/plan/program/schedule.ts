/** A schedule in words, as Kubernetes writes it, and the seconds from one run to the next; null for a job that runs only when somebody asks. */
export type Schedule = { readonly cron: string; readonly everySeconds: number } | { readonly cron: null };

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** Forms of a schedule, for faults. */
export const SCHEDULES =
  '"every minute", "every 5 minutes", "every hour", "every 6 hours", "every day at 03:15", "every monday at 06:00" (UTC), or "when asked"';

/** Reads "every 5 minutes" and its kin; undefined for anything else, such as a number that does not divide the hour or the day. */
export function parseSchedule(text: string): Schedule | undefined {
  return text === "when asked" ? { cron: null } : (often(text) ?? daily(text));
}

function often(text: string): Schedule | undefined {
  if (text === "every minute") return { cron: "* * * * *", everySeconds: MINUTE };
  if (text === "every hour") return { cron: "0 * * * *", everySeconds: HOUR };
  const [, digits, unit] = /^every (\d+) (minutes|hours)$/.exec(text) ?? [];
  const every = Number(digits);
  if (unit === "minutes" && every >= 1 && 60 % every === 0)
    return { cron: `*/${every} * * * *`, everySeconds: every * MINUTE };
  return unit === "hours" && every >= 1 && 24 % every === 0
    ? { cron: `0 */${every} * * *`, everySeconds: every * HOUR }
    : undefined;
}

function daily(text: string): Schedule | undefined {
  const [, day, hour, minute] = /^every (\w+) at (\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (day === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const weekday = DAYS.findIndex((name) => name === day);
  if (day !== "day" && weekday < 0) return undefined;
  const cron = `${Number(minute)} ${Number(hour)} * * ${day === "day" ? "*" : weekday}`;
  return { cron, everySeconds: day === "day" ? DAY : 7 * DAY };
}
