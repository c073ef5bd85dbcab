import type { Fault } from "../../fault.ts";
import { nearest } from "../../nearest.ts";
import { parseSchedule, SCHEDULES, type Schedule } from "../../plan/program/schedule.ts";
import { parseDuration } from "../../quantity.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";
import { at, type Path, servicesOf, unless } from "../place.ts";
import { durationWithin } from "../spellings.ts";

const ENDS = { least: "1s", most: "7d" };
/** What people write, and what it is called here. */
const MEANT: Readonly<Record<string, string>> = {
  hourly: "every hour",
  daily: "every day at 03:00",
  weekly: "every monday at 03:00",
  "every day": "every day at 03:00",
  "every week": "every monday at 03:00",
  never: "when asked",
  manual: "when asked",
};

/** Jobs that nobody can tell when to run, that run over each other, or whose silence is always or never trouble. */
export function checkJobs(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    if (part.kind !== "job") return [];
    const path = (field: string) => at(system, name, field);
    const schedule = parseSchedule(part.runs ?? "");
    return [
      ...(schedule === undefined ? [unreadable(path("runs"), part.runs ?? "")] : []),
      ...ends(path, part, schedule),
      ...fresh(path("freshWithin"), part, schedule),
    ];
  });
}

function unreadable(path: string, runs: string): Fault {
  return { kind: "job-schedule", path, found: `"${runs}"`, allowed: SCHEDULES, fix: meant(runs) };
}

function meant(runs: string): string {
  const guess = MEANT[runs.toLowerCase()] ?? inWords(runs);
  return guess === undefined ? 'say it in words, such as "every 5 minutes"' : `write "${guess}"`;
}

/** A cron line of the two most common forms, a unit in another spelling, or a mistyped day. */
export function inWords(runs: string): string | undefined {
  const [, every] = /^\*\/(\d+) \* \* \* \*$/.exec(runs) ?? [];
  const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(runs) ?? [];
  const [, count, unit] = /^every (\d+) ?(m|h)\w*$/.exec(runs) ?? [];
  const [, day = "", time] = /^every (\w+)(?: at)? (\d{1,2}:\d{2})$/.exec(runs) ?? [];
  const days = ["day", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  return [
    every && `every ${every} minutes`,
    minute && `every day at ${hour}:${minute.padStart(2, "0")}`,
    count && `every ${count} ${unit === "m" ? "minutes" : "hours"}`,
    time && `every ${nearest(day, days)} at ${time}`,
  ].find((words) => words !== undefined && parseSchedule(words) !== undefined);
}

function ends(path: Path, { endsWithin = "", overlap }: AnyPart, schedule: Schedule | undefined): Fault[] {
  const seconds = durationWithin(endsWithin, ENDS.least, ENDS.most);
  if (seconds === undefined)
    return [
      {
        kind: "job-ends-within",
        path: path("endsWithin"),
        found: `"${endsWithin}"`,
        allowed: `${ENDS.least} to ${ENDS.most}, a number with s, m, h or d`,
        fix: 'write the longest time that a good run takes, such as "10m"',
      },
    ];
  const every = schedule === undefined || schedule.cron === null ? Number.POSITIVE_INFINITY : schedule.everySeconds;
  return unless(overlap !== "allow" || seconds <= every, {
    kind: "job-piles-up",
    path: path("overlap"),
    found: `"allow" of runs of up to ${endsWithin}, one every ${every} s`,
    allowed: `"skip" or "replace", or runs that end within ${every} s`,
    fix: 'write "skip": with more runs beginning than ending they pile up',
  });
}

function fresh(path: string, { freshWithin }: AnyPart, schedule: Schedule | undefined): Fault[] {
  if (typeof freshWithin !== "string") return [];
  const milliseconds = parseDuration(freshWithin);
  const place = { path, found: `"${freshWithin}"` };
  if (!milliseconds) {
    const allowed = 'a number with m, h or d, such as "1h", or { declined: … }';
    return [{ ...place, kind: "job-fresh-within", allowed, fix: "write the unit" }];
  }
  if (schedule === undefined) return [];
  if (schedule.cron === null)
    return [
      {
        ...place,
        kind: "job-fresh-when-asked",
        allowed: "{ declined: … } for a job that runs only when asked",
        fix: 'write { declined: "runs when somebody asks" }',
      },
    ];
  return unless(milliseconds / 1000 > schedule.everySeconds, {
    ...place,
    kind: "job-fresh-too-soon",
    found: `${place.found}, while it runs every ${schedule.everySeconds} s`,
    allowed: `more than ${schedule.everySeconds} s: before every run somebody would be told of its silence`,
    fix: `write at least "${Math.ceil((schedule.everySeconds * 2) / 60)}m", twice its period`,
  });
}
