import type { Alert } from "../../alert.ts";
import type { Timing } from "../../timing.ts";
import { gatewayErrors } from "./gateway.ts";
import { cpuBusy, diskFilling, memoryLow, resizePending } from "./node-full.ts";
import { nodeDown, nodeNotReady } from "./node-gone.ts";

/** The machines under all systems and the gateway in front of them: once a cluster. */
export function clusterAlerts(timing: Timing): Alert[] {
  return [nodeDown, nodeNotReady, memoryLow, diskFilling, cpuBusy, resizePending, gatewayErrors].map((alert) =>
    alert(timing),
  );
}
