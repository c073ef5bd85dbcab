import type { Fault } from "../fault.ts";
import { AGE_EDGES, DURATION_EDGES, LEAST_GOOD_PERCENT } from "../objective-limits.ts";
import { parseDuration } from "../quantity.ts";
import type { Objective, System } from "../system.ts";
import { at, servicesOf } from "./place.ts";

/** At 99.995 % and above the fastest window sees less than one bad request a day. */
const AVAILABILITY = { min: LEAST_GOOD_PERCENT, below: 99.995 };

const EDGES = { latency: DURATION_EDGES, freshness: AGE_EDGES } as const;

/** Promises that cannot be measured or kept, and promises declined without saying why. */
export function checkObjectives(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, { slo, consumes = [] }]) => {
    const path = (field: string) => at(system, name, `slo${field}`);
    if (slo === undefined) {
      return [
        {
          kind: "missing-slo",
          path: path(""),
          found: "nothing",
          allowed: "an objective, or { declined: reason }",
          fix: "promise something, or say why not",
        },
      ];
    }
    if ("declined" in slo) {
      return slo.declined.trim() === ""
        ? [
            {
              kind: "declined-reason",
              path: path(".declined"),
              found: "no reason",
              allowed: "one sentence",
              fix: "say why nothing is promised",
            },
          ]
        : [];
    }
    return checkObjective(path, slo, consumes.length > 0);
  });
}

function checkObjective(path: (field: string) => string, slo: Objective, consumes: boolean): Fault[] {
  const faults: Fault[] = [];
  const { min, below } = AVAILABILITY;
  if (!(slo.availability >= min && slo.availability < below)) {
    faults.push({
      kind: "slo-availability",
      path: path(".availability"),
      found: `${slo.availability} %`,
      allowed: `${min} to below ${below} %`,
      fix: "promise what can be measured in a month",
    });
  }
  for (const field of ["latency", "freshness"] as const) {
    const goal = slo[field];
    if (goal === undefined) continue;
    if (!(goal.percent >= LEAST_GOOD_PERCENT && goal.percent < 100)) {
      faults.push({
        kind: `slo-${field}-percent`,
        path: path(`.${field}.percent`),
        found: `${goal.percent} %`,
        allowed: `${LEAST_GOOD_PERCENT} to below 100 %`,
        fix: "promise enough that an alert can fire, and leave room for one bad event",
      });
    }
    const within = parseDuration(goal.within);
    if (!within) {
      faults.push({
        kind: `slo-${field}-within`,
        path: path(`.${field}.within`),
        found: `"${goal.within}"`,
        allowed: 'a number with ms, s or m, such as "300ms"',
        fix: "write the unit",
      });
    } else if (!EDGES[field].includes(within / 1000)) {
      faults.push({
        kind: `slo-${field}-edge`,
        path: path(`.${field}.within`),
        found: `"${goal.within}"`,
        allowed: `one of ${EDGES[field].join(", ")} s`,
        fix: "choose a limit that the services count at",
      });
    }
  }
  if (slo.freshness && !consumes) {
    faults.push({
      kind: "slo-freshness-without-events",
      path: path(".freshness"),
      found: "a promise about events",
      allowed: "only for services that consume events",
      fix: "remove it, or consume an event",
    });
  }
  return faults;
}
