import type { Alert } from "../../alert.ts";
import type { Scope } from "../../scope.ts";
import { brokersOf } from "./brokers.ts";
import { belowMinInSync, inSyncShrinks, underReplicated } from "./copies.ts";
import { kafkaDown } from "./down.ts";
import { controller, partitionsOffline, uncleanElection } from "./leaders.ts";
import { loadAlerts } from "./load.ts";
import { machineAlerts } from "./machines.ts";

/** The brokers of a system; none for a system without events. */
export function kafkaAlerts(scope: Scope): Alert[] {
  if (scope.plan.messaging.topics.length === 0) return [];
  const brokers = brokersOf(scope);
  return [
    kafkaDown(scope, brokers),
    partitionsOffline(brokers),
    belowMinInSync(brokers),
    underReplicated(brokers),
    uncleanElection(brokers),
    inSyncShrinks(brokers),
    ...loadAlerts(brokers),
    ...(scope.stores === "cloud" ? machineAlerts(brokers) : [controller(brokers)]),
  ];
}
