import type { Alert } from "../../alert.ts";
import { jobs } from "../../programs.ts";
import type { Scope } from "../../scope.ts";
import { jobFailed } from "./failed.ts";
import { jobLate } from "./late.ts";

/** Jobs that failed, and those whose last good run is too long ago. */
export function jobAlerts(scope: Scope): Alert[] {
  const all = jobs(scope.plan);
  const [first] = all;
  const watched = all.find(({ job }) => job?.freshWithinSeconds);
  return [...(first ? [jobFailed(scope, first)] : []), ...(watched ? [jobLate(scope, watched)] : [])];
}
