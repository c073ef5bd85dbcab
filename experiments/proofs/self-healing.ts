import { isReady, type Pod, restartsOf } from "../cluster/objects.ts";
import { isRolledOut } from "../cluster/settled.ts";
import { freeze, unreachableProcesses } from "../faults/processes.ts";
import { changeWorkload, withProgram, without } from "../faults/template.ts";
import { FIGURE } from "../run/standard-figures.ts";
import type { Scene } from "../run/scene.ts";
import type { Experiment } from "../words.ts";
import { reads } from "./requests.ts";
import { replicatedService, unreachable } from "./targets.ts";
import { atLeast, atMost } from "./thresholds.ts";

const OUT = "seconds until nobody asks it";
const RESTARTED = "seconds until it is restarted";
const READY = "seconds until it is ready";
const OTHERS = "restarts of others";
const LONGEST = 120;

const target = (scene: Scene) => replicatedService(scene.ground)?.name ?? "";

/** One pod of several stops where it stands, and is watched until it is back. */
async function hangOne(scene: Scene): Promise<void> {
  const service = target(scene);
  const [pod] = (await scene.cluster.pods(service)).filter(isReady);
  if (pod === undefined) throw new Error(`no pod of ${service} is ready`);
  const { name, uid } = pod.metadata;
  const before = await restartsByPod(scene);
  const now = async (): Promise<Pod | undefined> =>
    (await scene.cluster.pods(service)).find(({ metadata }) => metadata.uid === uid);
  const restarted = (it: Pod | undefined) => it !== undefined && restartsOf(it) > (before.get(uid) ?? 0);
  const began = performance.now();
  const since = async (figure: string, what: string, is: (it: Pod | undefined) => boolean) => {
    const left = LONGEST - (performance.now() - began) / 1000;
    await scene.until(what, Math.max(left, 0), async () => is(await now()));
    scene.figure(figure, (performance.now() - began) / 1000);
  };
  await freeze(scene, pod);
  await since(OUT, `${name} to be out of the Service`, (it) => it !== undefined && !isReady(it));
  await since(RESTARTED, `${name} to be restarted`, restarted);
  await since(READY, `${name} to be ready again`, (it) => restarted(it) && it !== undefined && isReady(it));
  const after = await restartsByPod(scene);
  const others = [...after].filter(([id]) => id !== uid);
  scene.figure(
    OTHERS,
    others.reduce((sum, [id, count]) => sum + count - (before.get(id) ?? 0), 0),
  );
}

async function restartsByPod(scene: Scene): Promise<Map<string, number>> {
  const pods = [...(await scene.cluster.allPods()).values()].flat();
  return new Map(pods.map((pod) => [pod.metadata.uid, restartsOf(pod)]));
}

export const selfHealing: Experiment = {
  id: "E1",
  title: "A pod that hangs is taken out and restarted, and users notice little",
  hypothesis:
    "One pod of several that hangs gets no more requests within seconds, is restarted by itself, and no other is.",
  items: [1, 23],
  smoke: false,
  seconds: 110,
  source: "001: two restarts seen; 003: killed by its memory limit after 74 s, running again at 75 s",
  unrunnable: (ground) =>
    unreachable(ground) ??
    unreachableProcesses(ground.node) ??
    (replicatedService(ground) ? null : "no public service has more than one replica"),
  load: (ground) => ({ share: 0.8, requests: reads(ground), steadySeconds: 20, afterSeconds: 15 }),
  act: hangOne,
  thresholds: () => [
    atMost(OUT, 6, "s", "two questions of 2 s, and a second each to spread"),
    atMost(RESTARTED, 30, "s", "four questions of 5 s with 2 s of patience, and the kill"),
    atMost(READY, 35, "s", "restarted, and started"),
    atMost(OTHERS, 0, "restarts", "only what hangs is restarted"),
    atLeast(
      FIGURE.availability,
      98,
      "%",
      "half of the requests of the seconds until nobody asks it; the entry does not try twice",
    ),
    atMost(FIGURE.recoveredFailed, 0, "requests", "afterwards all is as before"),
  ],
  control: {
    off: "the liveness probe",
    misses: [RESTARTED, READY],
    prepare: async (scene) => {
      await changeWorkload(scene, target(scene), `${target(scene)} has no liveness probe`, ({ spec }) => ({
        template: withProgram(spec.template, (program) => without(program, "livenessProbe")),
      }));
      await scene.must("the version without it to run", LONGEST, async () =>
        isRolledOut((await scene.cluster.workload(target(scene))).object),
      );
    },
  },
};
