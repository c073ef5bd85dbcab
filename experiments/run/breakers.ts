import type { Pod } from "../cluster/objects.ts";
import { isReady } from "../cluster/objects.ts";
import type { Scene } from "./scene.ts";

/** Breakers that are open or half open in all pods of a caller, by "caller → callee". Only the kit tells. */
export async function breakerSeries(
  scene: Scene,
  pods: ReadonlyMap<string, readonly Pod[]>,
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { name, calls, metrics } of scene.ground.plan.workloads) {
    if (metrics === null || !calls.some(({ keptBy }) => keptBy === "kit")) continue;
    for (const pod of (pods.get(name) ?? []).filter(isReady)) {
      const { body } = await scene.cluster.askPod(pod, metrics.port, { method: "GET", path: metrics.path });
      for (const [callee, open] of openBreakers(String(body))) {
        const edge = `${name} → ${callee}`;
        found.set(edge, (found.get(edge) ?? 0) + open);
      }
    }
  }
  return found;
}

/** Whether the breaker of each callee is open, from a page of figures in Prometheus' format. */
export function openBreakers(page: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [, labels = "", value] of page.matchAll(/^circuit_breaker_state\{([^}]*)\} (\S+)$/gm)) {
    const label = (name: string) => new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1] ?? "";
    const open = label("state") !== "closed" && Number(value) === 1 ? 1 : 0;
    found.set(label("callee"), Math.max(found.get(label("callee")) ?? 0, open));
  }
  return found;
}
