import { STAGE } from "../../../model/stage.ts";
import type { Scale } from "../../../model/words/service.ts";
import { get, items, textOf } from "../reading/node.ts";
import type { Note } from "../reading/place.ts";
import type { Objects } from "./objects.ts";

/** Replicas that every important service has on prod: what scales no further needs no word. */
const FLOOR = Math.max(...Object.values(STAGE).map(({ minReplicas }) => minReplicas.critical));
const MOST = 10;

/** What an autoscaler says of a workload. */
export function scaleOf(
  kind: string,
  name: string,
  namespace: string,
  objects: Objects,
): { readonly scale?: Scale; readonly notes: readonly Note[] } {
  const scaler = objects.of("HorizontalPodAutoscaler", "ScaledObject").find(({ node, namespace: own }) => {
    const target = get(node, "spec", "scaleTargetRef");
    return own === namespace && textOf(get(target, "name")) === name && (textOf(get(target, "kind")) ?? kind) === kind;
  });
  if (scaler === undefined) return { notes: [] };
  const max = Number(textOf(get(scaler.node, "spec", "maxReplicas") ?? get(scaler.node, "spec", "maxReplicaCount")));
  const cpu = items(get(scaler.node, "spec", "metrics")).find((one) => textOf(get(one, "resource", "name")) === "cpu");
  const percent = textOf(
    get(cpu, "resource", "target", "averageUtilization") ?? get(scaler.node, "spec", "targetCPUUtilizationPercentage"),
  );
  if (max > FLOOR && max <= MOST) {
    const target = Number(percent);
    return { scale: { max, ...(target >= 15 && target <= 80 && { cpuPercent: target }) }, notes: [] };
  }
  return {
    notes: [
      {
        at: scaler.node.at,
        text: `${scaler.kind} to ${max} replicas is not carried over: \`scale.max\` goes from ${FLOOR + 1} to ${MOST}`,
      },
    ],
  };
}
