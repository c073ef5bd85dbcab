import { isRolledOut } from "../cluster/settled.ts";
import { asNewVersion, changeWorkload, withProgram, without } from "../faults/template.ts";
import { FIGURE } from "../run/standard-figures.ts";
import type { Scene } from "../run/scene.ts";
import type { Experiment } from "../words.ts";
import { reads } from "./requests.ts";
import { replicatedService, unreachable } from "./targets.ts";
import { atMost, noFailure } from "./thresholds.ts";

const LONGEST_ROLLOUT = 240;
const TOOK = "longest rollout";

const target = (scene: Scene) => replicatedService(scene.ground)?.name ?? "";

/** A new version, and back to the one before. */
async function rollOutAndBack(scene: Scene): Promise<void> {
  const service = target(scene);
  const rolledOut = async () => isRolledOut((await scene.cluster.workload(service)).object);
  const times: number[] = [];
  await changeWorkload(scene, service, `a new version of ${service} rolls out`, (it) => asNewVersion(it, "next"));
  times.push((await scene.until("the new version to have taken over", LONGEST_ROLLOUT, rolledOut)) ?? LONGEST_ROLLOUT);
  await scene.repair();
  times.push((await scene.until("the former version to be back", LONGEST_ROLLOUT, rolledOut)) ?? LONGEST_ROLLOUT);
  scene.figure(TOOK, Math.max(...times));
}

export const rollout: Experiment = {
  id: "E2",
  title: "A new version takes over without a failed request",
  hypothesis: "While every pod of a service is replaced by one of a new version, and back again, no request fails.",
  items: [7, 8, 38],
  smoke: true,
  seconds: 120,
  source: "001, 002, 003: 71.18 % to 100.00 %, measured for 13 to 120 s",
  unrunnable: (ground) =>
    unreachable(ground) ?? (replicatedService(ground) ? null : "no public service has more than one replica"),
  load: (ground) => ({ share: 0.8, requests: reads(ground), steadySeconds: 20, afterSeconds: 10 }),
  act: rollOutAndBack,
  thresholds: () => [
    noFailure,
    atMost(FIGURE.p99, 300, "ms", "nobody notices a rollout"),
    atMost(TOOK, 90, "s", "two replicas, one after the other: start, 5 s of proof, 8 s until nobody asks the old one"),
  ],
  control: {
    off: "readiness, the wait before the stop, and the old pod staying until the new one is ready",
    misses: [FIGURE.failed],
    prepare: async (scene) => {
      await changeWorkload(scene, target(scene), `${target(scene)} has no zero-downtime recipe`, ({ spec }) => ({
        template: withProgram(spec.template, (program) =>
          without(program, "readinessProbe", "startupProbe", "lifecycle"),
        ),
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "100%", maxSurge: 0 } },
      }));
      await scene.must("the weakened version to run", LONGEST_ROLLOUT, async () =>
        isRolledOut((await scene.cluster.workload(target(scene))).object),
      );
    },
    act: async (scene) => {
      const service = target(scene);
      await changeWorkload(scene, service, `a new version of ${service} rolls out`, (it) => asNewVersion(it, "next"));
      await scene.must("the new version to have taken over", LONGEST_ROLLOUT, async () =>
        isRolledOut((await scene.cluster.workload(service)).object),
      );
      scene.figure(TOOK, 0);
    },
  },
};
