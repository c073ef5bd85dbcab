import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import type { Alert } from "../../alert.ts";
import { onKit } from "../../programs.ts";
import type { Scope } from "../../scope.ts";
import { deadLetters, parked } from "./aside.ts";
import { consumerStopped } from "./consumer-stopped.ts";
import { behind, lagGrowing } from "./lag.ts";
import { outboxAlerts } from "./outbox.ts";

/** Consumers that fall behind and producers that cannot publish: of the kit, whose events have their age with them. */
export function messagingAlerts(scope: Scope): Alert[] {
  const programs = onKit(scope.plan);
  const consumer = programs.find(({ consumes }) => consumes.length > 0);
  const producer = programs.find(({ publishes }) => publishes.length > 0);
  return [...(consumer ? consumerAlerts(scope, consumer) : []), ...(producer ? outboxAlerts(scope, producer) : [])];
}

function consumerAlerts(scope: Scope, consumer: WorkloadPlan): Alert[] {
  return [
    ...behind(scope, consumer),
    consumerStopped(scope, consumer),
    lagGrowing(scope, consumer),
    deadLetters(scope, consumer),
    parked(scope, consumer),
  ];
}
