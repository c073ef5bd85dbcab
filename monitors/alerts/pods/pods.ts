import type { Alert } from "../../alert.ts";
import type { Scope } from "../../scope.ts";
import { crashLoopingAlerts } from "./crash-looping.ts";
import { memoryCritical, memoryHigh, outOfMemory } from "./memory.ts";
import { notReady, replicasMissing, rolloutFailed } from "./readiness.ts";

/** Pods that restart, are missing, or do not become ready. */
export function podAlerts(scope: Scope): Alert[] {
  return [
    ...crashLoopingAlerts(scope),
    outOfMemory(scope),
    replicasMissing(scope),
    notReady(scope),
    rolloutFailed(scope),
    memoryCritical(scope),
    memoryHigh(scope),
  ];
}
