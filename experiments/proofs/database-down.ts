import { SQL_KINDS } from "../../model/plan/uses.ts";
import { LEDGER, settleAccounts } from "../cluster/ledger.ts";
import { isReady, restartsOf } from "../cluster/objects.ts";
import { killPods } from "../faults/replicas.ts";
import type { Ground } from "../ground.ts";
import type { Scene } from "../run/scene.ts";
import type { Experiment } from "../words.ts";
import { writes } from "./requests.ts";
import { unreachable } from "./targets.ts";
import { atMost, eachOnce } from "./thresholds.ts";

const WINDOW = "longest time without a write";
const RESTARTS = "restarts of services";
const BACK_SECONDS = 120;
const CATCH_UP_SECONDS = 90;
/** A write that nobody has acknowledged. */
const FORGED = "00000000-0000-4000-8000-000000000000";

/** The server in which the service keeps what users write. */
function server({ plan, traffic }: Pick<Ground, "plan" | "traffic">): string | null {
  const route = plan.entry?.routes.find(({ path }) => traffic.write?.path.startsWith(path));
  const uses = plan.workloads.find(({ name }) => name === route?.service)?.uses ?? [];
  return uses.find(({ kind }) => SQL_KINDS.includes(kind))?.kind ?? null;
}

async function killServer(scene: Scene): Promise<void> {
  const name = server(scene.ground) ?? "";
  const restarts = async () =>
    [...(await scene.cluster.allPods())]
      .flatMap(([of, pods]) => (of === name ? [] : pods))
      .reduce((sum, pod) => sum + restartsOf(pod), 0);
  const before = await restarts();
  const old = new Set((await scene.cluster.pods(name)).map(({ metadata }) => metadata.uid));
  scene.mark("fault", `${name} is killed, its volume stays`);
  await killPods(scene, name);
  await scene.must("the database to be back", BACK_SECONDS, async () =>
    (await scene.cluster.pods(name)).some((pod) => isReady(pod) && !old.has(pod.metadata.uid)),
  );
  await scene.sleep(15); // pools find the new one
  scene.figure(RESTARTS, (await restarts()) - before);
}

/** The longest span, in seconds, in which no write was acknowledged; the one that the end of the load cuts off counts, too. */
export function longestGap(acknowledged: readonly number[], end: number): number {
  const sorted = [...acknowledged, end].toSorted((a, b) => a - b);
  return Math.max(0, ...sorted.slice(1).map((at, index) => at - (sorted[index] ?? at))) / 1000;
}

async function lookBack(scene: Scene, more: readonly string[] = []): Promise<void> {
  const rows = (scene.load?.rows ?? []).map(({ key, at, ms }) => ({ key, end: at + ms }));
  const ends = rows.filter(({ key }) => key !== "").map(({ end }) => end);
  scene.figure(WINDOW, longestGap(ends, Math.max(0, ...rows.map(({ end }) => end))));
  await settleAccounts(scene, CATCH_UP_SECONDS, more);
}

export const databaseDown: Experiment = {
  id: "E9",
  title: "A database that is killed loses nothing it has acknowledged",
  hypothesis:
    "The database's pod is killed under load: it comes back on the same volume with every acknowledged write, and no service has to be restarted.",
  items: [12, 30],
  smoke: false,
  seconds: 100,
  source: "003: one row still there 2 min 49 s after its pod was deleted",
  unrunnable: (ground) => {
    if (unreachable(ground) !== null) return unreachable(ground);
    if (ground.traffic.write === null) return "nothing says what users write";
    if (server(ground) === null) return "what users write is kept in no database of the system";
    return ground.plan.workloads[0]?.stage === "dev"
      ? null
      : "the database is the cloud's; its own interface fails it over (not run here)";
  },
  load: (ground) => ({ share: 0.2, requests: writes(ground, true), steadySeconds: 20, afterSeconds: 10 }),
  act: killServer,
  afterwards: async (scene) => {
    if (!scene.figures.has(LEDGER.lost)) await lookBack(scene);
  },
  thresholds: () => [
    ...eachOnce,
    atMost(WINDOW, 60, "s", "a pod that is killed at once, its volume, recovery of the log"),
    atMost(RESTARTS, 0, "restarts", "pools reconnect, programs stay"),
  ],
  control: {
    off: "the honesty of the ledger: it holds a write that nobody acknowledged",
    misses: [LEDGER.lost],
    prepare: async () => undefined,
    act: async (scene) => {
      await scene.sleep(5);
      scene.figure(RESTARTS, 0);
      await lookBack(scene, [FORGED]);
    },
  },
};
