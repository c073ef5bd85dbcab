import type { Alert } from "../../alert.ts";
import { running } from "../../programs.ts";
import type { Scope } from "../../scope.ts";
import { crashLoopingAlerts } from "./crash-looping.ts";
import { memoryCritical, memoryHigh, outOfMemory } from "./memory.ts";
import { notReady, replicasMissing, rolloutFailed } from "./readiness.ts";

/** Pods that restart, are missing, or do not become ready. Those of a run of a job end for good, and have alerts of their own. */
export function podAlerts(scope: Scope): Alert[] {
  const used = [memoryCritical(scope), memoryHigh(scope)];
  if (running(scope.plan).length === 0) return used;
  return [
    ...crashLoopingAlerts(scope),
    outOfMemory(scope),
    replicasMissing(scope),
    notReady(scope),
    rolloutFailed(scope),
    ...used,
  ];
}
