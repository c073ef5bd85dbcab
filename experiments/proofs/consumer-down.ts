import { balance, LEDGER, settleAccounts, timeCatchingUp } from "../cluster/ledger.ts";
import { isReady } from "../cluster/objects.ts";
import { killProcesses } from "../faults/processes.ts";
import { takeAway } from "../faults/replicas.ts";
import type { Scene } from "../run/scene.ts";
import type { Experiment } from "../words.ts";
import { writes } from "./requests.ts";
import { unreachable } from "./targets.ts";
import { atMost, eachOnce, noFailure } from "./thresholds.ts";

const AWAY_SECONDS = 30;
const BACK_SECONDS = 120;
const CATCH_UP_SECONDS = 60;

const consumer = ({ ground }: Pick<Scene, "ground">): string =>
  ground.traffic.effects.find(({ later }) => later)?.service ?? "";

/** The consumer is away for a while, comes back, and is killed in the middle of its work. */
async function goAndComeBack(scene: Scene): Promise<void> {
  const service = consumer(scene);
  const ready = async () => (await scene.cluster.pods(service)).some(isReady);
  await takeAway(scene, service);
  await scene.sleep(AWAY_SECONDS);
  await scene.repair();
  await scene.must(`${service} to be back`, BACK_SECONDS, ready);
  await timeCatchingUp(scene, CATCH_UP_SECONDS);
  const [pod] = (await scene.cluster.pods(service)).filter(isReady);
  if (scene.ground.node === null || pod === undefined) return;
  await killProcesses(scene, pod);
  await scene.sleep(2); // until the kubelet has noticed
  await scene.must(`${service} to be back`, BACK_SECONDS, ready);
}

export const consumerDown: Experiment = {
  id: "E7",
  title: "A consumer that was away catches up, and does nothing twice",
  hypothesis:
    "While a service that hears of writes by events is away, writes go on; when it is back, and even when it is killed in the middle of its work, every write is done there exactly once.",
  items: [17, 19, 20, 39],
  smoke: true,
  seconds: 120,
  source: "001: a delayed DeliveryStarted; 004: bills made afterwards; neither counted",
  unrunnable: (ground) =>
    unreachable(ground) ??
    (ground.traffic.write === null || consumer({ ground }) === ""
      ? "nothing says what users write and which service hears of it later"
      : null),
  load: (ground) => ({ share: 0.2, requests: writes(ground), steadySeconds: 20, afterSeconds: 10 }),
  act: goAndComeBack,
  afterwards: async (scene) => {
    if (!scene.figures.has(LEDGER.lost)) await settleAccounts(scene, CATCH_UP_SECONDS);
  },
  thresholds: () => [noFailure, ...eachOnce, atMost(LEDGER.caughtUp, 15, "s", "half of the time that it was away")],
  control: {
    off: "the consumer's return",
    misses: [LEDGER.lost],
    prepare: async () => undefined,
    act: async (scene) => {
      await takeAway(scene, consumer(scene));
      await scene.sleep(5);
      scene.figure(LEDGER.caughtUp, 0);
      await balance(scene);
    },
  },
};
