import type { CallPlan } from "../../model/plan/edges/calls.ts";
import { settingPrefix } from "../../model/names.ts";
import { isRolledOut } from "../cluster/settled.ts";
import type { Scene } from "../run/scene.ts";
import { changeWorkload, withProgram } from "./template.ts";

const ROLLOUT_SECONDS = 240;

/** The most that the kit takes: it refuses to start with less protection than this. */
const WEAKEST = { TIMEOUT_MS: "2000", BREAKER_MIN_CALLS: "10000", MAX_CONCURRENT: "10000" };

/** An edge of the kit whose breaker and bulkhead never act, with the longest time-out. */
export async function unprotect(scene: Scene, { caller, callee }: CallPlan): Promise<void> {
  const prefix = settingPrefix(callee);
  const weak = new Map(Object.entries(WEAKEST).map(([name, value]) => [`${prefix}_${name}`, value]));
  await changeWorkload(scene, caller, `${caller} has no breaker towards ${callee}`, ({ spec }) => ({
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
