import type { CallPlan } from "../../model/plan/edges/calls.ts";
import { settingPrefix } from "../../model/names.ts";
import { isRolledOut } from "../cluster/settled.ts";
import type { Scene } from "../run/scene.ts";
import { changeWorkload, withProgram } from "./template.ts";

const ROLLOUT_SECONDS = 240;

/** An edge of the kit without time-out, breaker and bulkhead that would be felt. */
export async function unprotect(scene: Scene, { caller, callee }: CallPlan): Promise<void> {
  const prefix = settingPrefix(callee);
  const weak = new Map([
    [`${prefix}_TIMEOUT_MS`, "60000"],
    [`${prefix}_BREAKER_MIN_CALLS`, "1000000"],
    [`${prefix}_MAX_CONCURRENT`, "10000"],
  ]);
  await changeWorkload(scene, caller, `${caller} waits for ${callee} without end`, ({ spec }) => ({
    template: withProgram(spec.template, (program) => ({
      ...program,
      env: [
        ...(program.env ?? []).filter(({ name }) => !weak.has(name)),
        ...[...weak].map(([name, value]) => ({ name, value })),
      ],
    })),
  }));
  await scene.must(`the weakened ${caller} to run`, ROLLOUT_SECONDS, async () =>
    isRolledOut((await scene.cluster.workload(caller)).object),
  );
}
