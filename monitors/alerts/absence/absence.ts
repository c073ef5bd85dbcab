import type { Alert } from "../../alert.ts";
import type { Scope } from "../../scope.ts";
import { serviceDown } from "./service-down.ts";
import { metricAbsent, targetDown } from "./unmeasured.ts";

/** What is not there raises no value: absence is compared with what the description declares. */
export function absenceAlerts(scope: Scope): Alert[] {
  return [serviceDown(scope), targetDown(scope), metricAbsent(scope)];
}
