import type { Fault } from "../fault.ts";
import { AGE_EDGES, DURATION_EDGES, LEAST_GOOD_PERCENT } from "../objective-limits.ts";
import { parseDuration } from "../quantity.ts";
import { isOnKit } from "../plan/program/source.ts";
import type { System } from "../system.ts";
import type { Objective } from "../words/promise.ts";
import { at, servicesOf } from "./place.ts";

/** At 99.995 % and above the fastest window sees less than one bad request a day. */
const AVAILABILITY = { min: LEAST_GOOD_PERCENT, below: 99.995 };

const EDGES = { latency: DURATION_EDGES, freshness: AGE_EDGES } as const;

/** Promises that cannot be measured or kept. */
export function checkObjectives(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    const { slo, consumes = [] } = part;
    const path = (field: string) => at(system, name, `slo${field}`);
    if (slo === undefined || "declined" in slo) return [];
    return [
      ...("availability" in slo
        ? [
            ...availability(path(".availability"), slo.availability),
            ...goal(path, "latency", slo.latency, isOnKit(part)),
          ]
        : []),
      ...goal(path, "freshness", slo.freshness, true),
      ...(slo.freshness && consumes.length === 0 && isOnKit(part) ? [eventsWithoutConsumer(path(".freshness"))] : []),
    ];
  });
}

function availability(path: string, percent: number): Fault[] {
  const { min, below } = AVAILABILITY;
  if (percent >= min && percent < below) return [];
  return [
    {
      kind: "slo-availability",
      path,
      found: `${percent} %`,
      allowed: `${min} to below ${below} %`,
      fix: "promise what can be measured in a month",
    },
  ];
}

function goal(
  path: (field: string) => string,
  field: keyof typeof EDGES,
  promised: Objective["latency"] | Objective["freshness"],
  /** Whether its histogram has fixed edges: those of the kit are; others are set to what is promised, or their program's own. */
  fixed: boolean,
): Fault[] {
  if (promised === undefined) return [];
  return [
    ...percentage(`slo-${field}-percent`, path(`.${field}.percent`), promised.percent),
    ...limit(field, path(`.${field}.within`), promised.within, fixed),
  ];
}

function percentage(kind: string, path: string, percent: number): Fault[] {
  if (percent >= LEAST_GOOD_PERCENT && percent < 100) return [];
  return [
    {
      kind,
      path,
      found: `${percent} %`,
      allowed: `${LEAST_GOOD_PERCENT} to below 100 %`,
      fix: "promise enough that an alert can fire, and leave room for one bad event",
    },
  ];
}

function limit(field: keyof typeof EDGES, path: string, written: string, fixed: boolean): Fault[] {
  const within = parseDuration(written);
  const found = `"${written}"`;
  if (!within) {
    return [
      {
        kind: `slo-${field}-within`,
        path,
        found,
        allowed: 'a number with ms, s or m, such as "300ms"',
        fix: "write the unit",
      },
    ];
  }
  if (!fixed || EDGES[field].includes(within / 1000)) return [];
  return [
    {
      kind: `slo-${field}-edge`,
      path,
      found,
      allowed: `one of ${EDGES[field].join(", ")} s`,
      fix: "choose a limit that the services count at",
    },
  ];
}

function eventsWithoutConsumer(path: string): Fault {
  return {
    kind: "slo-freshness-without-events",
    path,
    found: "a promise about events",
    allowed: "only for services that consume events",
    fix: "remove it, or consume an event",
  };
}
