import assert from "node:assert/strict";
import { DEFAULTS } from "../../model/defaults.ts";
import { proveClosed } from "./closed.ts";
import type { Running } from "./running.ts";
import { eventually } from "./shop.ts";
import { proveLimits, proveReplicas } from "./under-load.ts";

const { liveness } = DEFAULTS.probe;
/** Until a hanging container has been found out and killed, with a few seconds for the kubelet. */
const HANG_SECONDS =
  liveness.value.periodSeconds * liveness.value.failureThreshold + DEFAULTS.rollout.graceSeconds.value + 30;

/** Proofs of checklist items that need the running system but no new version of it. A hang takes a minute to be found out, so it comes first and is looked at last. */
export function proveChecklist(running: () => Running): void {
  let hanging: string;
  let restartsBefore: Readonly<Record<string, number>>;

  /** Restarts of every pod that is ready, by its name. */
  const restarts = async (): Promise<Record<string, number>> => {
    const { launched } = running();
    const lines = await launched.kubectl(
      "get",
      "pods",
      "-o",
      'jsonpath={range .items[*]}pod/{.metadata.name} {.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].ready}{"\\n"}{end}',
    );
    return Object.fromEntries(
      lines
        .trim()
        .split("\n")
        .map((line) => line.split(" "))
        .filter(([, , ready]) => ready === "true")
        .map(([pod = "", count]) => [pod, Number(count)]),
    );
  };

  it("makes a container hang, to look at it below", async () => {
    const { pods } = running();
    restartsBefore = await restarts();
    hanging = (await pods.of("delivery"))[0] ?? "";
    await pods.fault(hanging, "POST", "/faults/hang", { seconds: 600 });
  });

  proveClosed(running);
  proveReplicas(running);

  it("restarts a container that hangs, and no other", async () => {
    const { launched, pods } = running();
    await eventually(
      `${hanging} to be restarted`,
      async () => (await restarts())[hanging] === (restartsBefore[hanging] ?? 0) + 1 || undefined,
      HANG_SECONDS,
    );
    await pods.untilReady("delivery");
    const now = await restarts();
    for (const [pod, count] of Object.entries(restartsBefore))
      if (pod !== hanging && pod in now) assert.equal(now[pod], count, pod);
    assert.match(
      await launched.kubectl(
        "get",
        "events",
        "--field-selector",
        `involvedObject.name=${hanging.slice("pod/".length)},reason=Unhealthy`,
        "-o",
        "jsonpath={.items[*].message}",
      ),
      /Liveness probe failed/,
    );
  });

  proveLimits(running);
}
