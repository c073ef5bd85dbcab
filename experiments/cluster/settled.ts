import type { Scene } from "../run/scene.ts";
import { isReady, type Workload } from "./objects.ts";

const SECONDS = 240;

/** Waits until every service and store of the system runs as its description wants it, with no pod on its way out. */
export async function untilSettled(scene: Scene): Promise<void> {
  const names = [...scene.ground.plan.workloads.filter(({ kind }) => kind !== "job").map(({ name }) => name)];
  await scene.must("the system to be settled", SECONDS, async () => {
    for (const name of names) if (!isRolledOut((await scene.cluster.workload(name)).object)) return false;
    return [...(await scene.cluster.allPods()).values()].flat().every(isReady);
  });
}

/** Whether all replicas of a workload are of its latest version, and available. */
export function isRolledOut({ metadata, spec, status }: Workload): boolean {
  const { observedGeneration, replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  return (
    observedGeneration === metadata.generation &&
    spec.replicas > 0 &&
    [replicas, updatedReplicas, availableReplicas].every((count) => count === spec.replicas)
  );
}
