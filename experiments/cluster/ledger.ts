import type { Effect } from "../../model/words/traffic.ts";
import type { Scene } from "../run/scene.ts";
import { isReady } from "./objects.ts";

/** Names of the figures of a ledger. */
export const LEDGER = {
  acknowledged: "acknowledged writes",
  lost: "lost writes",
  twice: "writes done twice",
  caughtUp: "seconds until all is caught up",
} as const;

/** So many of the last writes are waited for: they are spread over all partitions. */
const LAST = 40;
/** So many of them are enough to see whether some are still on their way. */
const SAMPLE = 10;
/** Questions to the pods at the same time. */
const AT_ONCE = 8;

/** What the system has acknowledged, in the order of its answers. */
export function acknowledged(scene: Scene): string[] {
  return (scene.load?.rows ?? []).map(({ key }) => key).filter((key) => key !== "");
}

/** Waits until the last acknowledged writes have arrived everywhere, and records how long that took. */
export async function timeCatchingUp(scene: Scene, seconds: number): Promise<void> {
  const later = scene.ground.traffic.effects.filter((effect) => effect.later);
  const keys = acknowledged(scene).slice(-LAST);
  await scene.timed(LEDGER.caughtUp, "the last writes to have arrived everywhere", seconds, async () => {
    const counts = await Promise.all(later.map((effect) => countEach(scene, effect, keys)));
    return counts.flat().every((count) => count > 0);
  });
}

/** The books at the end of a run: the last writes are given so many seconds to arrive. */
export async function settleAccounts(scene: Scene, seconds: number, more: readonly string[] = []): Promise<void> {
  await scene.until("the last writes to have arrived", seconds, async () => {
    await balance(scene, acknowledged(scene).slice(-SAMPLE));
    return scene.figures.get(LEDGER.lost) === 0;
  });
  await balance(scene, [...acknowledged(scene), ...more]);
}

/** Looks every acknowledged write up in every service that must know it: each exactly once. */
export async function balance(scene: Scene, keys: readonly string[] = acknowledged(scene)): Promise<void> {
  const { effects } = scene.ground.traffic;
  const counts: number[][] = [];
  for (const effect of effects) counts.push(await countEach(scene, effect, keys));
  const ofKey = (index: number) => counts.map((counted) => counted[index] ?? 0);
  scene.figure(LEDGER.acknowledged, keys.length);
  scene.figure(LEDGER.lost, keys.filter((_, index) => ofKey(index).includes(0)).length);
  scene.figure(LEDGER.twice, keys.filter((_, index) => ofKey(index).some((count) => count > 1)).length);
}

/** How often each write is found; 0 where nobody answers. Pods are asked themselves: the entry would turn so many questions away. */
async function countEach(scene: Scene, effect: Effect, keys: readonly string[]): Promise<number[]> {
  const pods = (await scene.cluster.pods(effect.service)).filter(isReady);
  const port = scene.ground.plan.workloads.find(({ name }) => name === effect.service)?.answers[0]?.listens;
  const counts = keys.map(() => 0);
  if (port === undefined || pods.length === 0) return counts;
  let next = 0;
  const work = async () => {
    for (let index = next++; index < keys.length; index = next++) {
      const path = effect.path.replaceAll("{key}", encodeURIComponent(keys[index] ?? ""));
      const pod = pods[index % pods.length];
      if (pod === undefined) return;
      const call = { method: "GET" as const, path: scene.cluster.podPath(pod, port, path) };
      const { status, body } = await scene.ground.api(call);
      counts[index] = status === 200 ? itemsIn(body) : 0;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return counts;
}

/** A page counts what it holds; anything else is one. */
function itemsIn(body: unknown): number {
  const items = (body as { items?: unknown } | null)?.items;
  return Array.isArray(items) ? items.length : 1;
}
