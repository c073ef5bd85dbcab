import type { Alert } from "../../alert.ts";
import { onKit, running } from "../../programs.ts";
import type { Scope } from "../../scope.ts";
import { serviceDown } from "./service-down.ts";
import { metricAbsent, targetDown } from "./unmeasured.ts";

/** What is not there raises no value: absence is compared with what the description declares. */
export function absenceAlerts(scope: Scope): Alert[] {
  const { plan } = scope;
  return [
    ...(running(plan).length > 0 ? [serviceDown(scope)] : []),
    ...targetDown(scope),
    ...(onKit(plan).length > 0 ? [metricAbsent(scope)] : []),
  ];
}
