import { PORT } from "../../model/names.ts";
import { isReady } from "../cluster/objects.ts";
import type { ApiCall, Ground } from "../ground.ts";
import type { Scene } from "../run/scene.ts";

/** What the kit's fault switches take; ms, a share, and ms of computing. */
export interface Injected {
  readonly delayMs?: number;
  readonly errorRate?: number;
  readonly cpuMs?: number;
}

/** Whether a service can be told to fail: one on the kit, on a stage that allows it. */
export function hasSwitches({ plan }: Pick<Ground, "plan">, service: string): boolean {
  const workload = plan.workloads.find(({ name }) => name === service);
  return workload?.source.kind === "kit" && workload.settings["FAULTS_ENABLED"] === "true";
}

/** Has every pod of a service fail from now on. */
export async function inject(scene: Scene, service: string, what: string, injected: Injected): Promise<void> {
  const pods = (await scene.cluster.pods(service)).filter(isReady);
  if (pods.length === 0) throw new Error(`no pod of ${service} is ready to be told to fail`);
  const calls: ApiCall[] = pods.map((pod) => ({
    method: "DELETE",
    path: scene.cluster.podPath(pod, PORT.http, "/faults"),
  }));
  await scene.breaks(what, { kind: "api", calls }, () =>
    Promise.all(
      pods.map((pod) => scene.cluster.askPod(pod, PORT.http, { method: "PUT", path: "/faults", body: injected })),
    ),
  );
}
