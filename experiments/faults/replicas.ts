import { MANAGER } from "../cluster/cluster.ts";
import type { Scene } from "../run/scene.ts";

const GONE_SECONDS = 90;

/** Takes every pod of a service or a store away, at once and without a goodbye; put back, as many come again as there were. */
export async function takeAway(scene: Scene, name: string): Promise<void> {
  const { path, object } = await scene.cluster.workload(name);
  const scaled = (replicas: number) => ({
    method: "PATCH" as const,
    path: `${path}?fieldManager=${MANAGER}`,
    type: "merge-patch+json" as const,
    body: { spec: { replicas } },
  });
  await scene.breaks(`${name} is away`, { kind: "api", calls: [scaled(object.spec.replicas)] }, async () => {
    await scene.cluster.ask(scaled(0));
    await killPods(scene, name);
  });
  await scene.must(
    `the last pod of ${name} to be gone`,
    GONE_SECONDS,
    async () => (await scene.cluster.pods(name)).length === 0,
  );
}

/** Kills the pods that there are; whoever owns them makes new ones. */
export async function killPods(scene: Scene, name: string): Promise<void> {
  for (const { metadata } of await scene.cluster.pods(name))
    await scene.ground.api({
      method: "DELETE",
      path: `${scene.cluster.core}/pods/${metadata.name}`,
      body: { apiVersion: "v1", kind: "DeleteOptions", gracePeriodSeconds: 0 },
    });
}
