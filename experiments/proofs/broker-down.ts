import { balance, LEDGER, settleAccounts, timeCatchingUp } from "../cluster/ledger.ts";
import { isReady } from "../cluster/objects.ts";
import { takeAway } from "../faults/replicas.ts";
import type { Scene } from "../run/scene.ts";
import type { Experiment } from "../words.ts";
import { writes } from "./requests.ts";
import { unreachable } from "./targets.ts";
import { atMost, eachOnce, noFailure } from "./thresholds.ts";

const BROKER = "kafka";
const AWAY_SECONDS = 10;
const BACK_SECONDS = 120;
const CATCH_UP_SECONDS = 90;

export const brokerDown: Experiment = {
  id: "E8",
  title: "No write is refused or lost while the broker is away",
  hypothesis:
    "While the broker is killed and away, writes are acknowledged as before; every one of their events arrives afterwards, once.",
  items: [24, 31, 39],
  smoke: false,
  seconds: 110,
  source: null,
  unrunnable: (ground) => {
    if (unreachable(ground) !== null) return unreachable(ground);
    if (!ground.plan.workloads.some(({ publishes }) => publishes.length > 0))
      return `${ground.plan.name} has no events`;
    if (ground.traffic.write === null) return "nothing says what users write";
    return ground.plan.workloads[0]?.stage === "dev"
      ? null
      : "the broker is the cloud's; its own interface stops one (not run here)";
  },
  load: (ground) => ({ share: 0.2, requests: writes(ground), steadySeconds: 20, afterSeconds: 10 }),
  act: async (scene: Scene) => {
    await takeAway(scene, BROKER);
    await scene.sleep(AWAY_SECONDS);
    await scene.repair();
    await scene.must("the broker to be back", BACK_SECONDS, async () =>
      (await scene.cluster.pods(BROKER)).some(isReady),
    );
    await timeCatchingUp(scene, CATCH_UP_SECONDS);
  },
  afterwards: async (scene) => {
    if (!scene.figures.has(LEDGER.lost)) await settleAccounts(scene, CATCH_UP_SECONDS);
  },
  thresholds: () => [
    noFailure,
    ...eachOnce,
    atMost(LEDGER.caughtUp, 30, "s", "a session of 2 s, a rebalance, and what has waited"),
  ],
  control: {
    off: "the broker's return",
    misses: [LEDGER.lost],
    prepare: async () => undefined,
    act: async (scene) => {
      await takeAway(scene, BROKER);
      await scene.sleep(10);
      scene.figure(LEDGER.caughtUp, 0);
      await balance(scene);
    },
  },
};
