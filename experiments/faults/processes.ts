import type { Pod } from "../cluster/objects.ts";
import type { NodeAccess } from "../ground.ts";
import type { Scene } from "../run/scene.ts";

/** Stops every program of a pod where it stands: it answers nobody any more and does not know. Works on any program. */
export async function freeze(scene: Scene, pod: Pod): Promise<void> {
  const node = needed(scene);
  const processes = node.processesOf(pod.metadata.uid);
  if (processes.length === 0) throw new Error(`no process of ${pod.metadata.name} runs on this machine`);
  for (const process of processes)
    await scene.breaks(`${pod.metadata.name} hangs`, { kind: "continue", process }, async () => {
      if (!node.signal(process, "SIGSTOP")) throw new Error(`the process of ${pod.metadata.name} is gone`);
    });
}

/** Kills every program of a pod with -9; the kubelet starts them again in the same pod. */
export async function killProcesses(scene: Scene, pod: Pod): Promise<void> {
  const node = needed(scene);
  const killed = node.processesOf(pod.metadata.uid).filter((process) => node.signal(process, "SIGKILL"));
  if (killed.length === 0) throw new Error(`no process of ${pod.metadata.name} runs on this machine`);
  scene.mark("fault", `${pod.metadata.name} is killed`);
}

/** Why processes of pods cannot be reached; null where they can. */
export function unreachableProcesses(node: NodeAccess | null): string | null {
  return node === null ? "the pods run on other machines, whose processes cannot be reached from here" : null;
}

function needed({ ground: { node } }: Scene): NodeAccess {
  if (node === null) throw new Error("the pods run on another machine");
  return node;
}
