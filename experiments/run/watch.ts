import { isReady, type Pod, restartsOf } from "../cluster/objects.ts";
import { breakerSeries } from "./breakers.ts";
import type { Scene } from "./scene.ts";

/** One line of a chart: pairs of time on the clock of the load, in ms, and value. */
export interface Series {
  readonly name: string;
  readonly unit: "replicas" | "restarts" | "MiB" | "breakers open";
  readonly points: (readonly [at: number, value: number])[];
}

const INTERVAL_MS = 1000;
/** The metrics server measures every 15 s. */
const MEMORY_EVERY = 5;

interface PodMetrics {
  readonly metadata: { readonly name: string };
  readonly containers: readonly { readonly usage: { readonly memory: string } }[];
}

/** Looks at the system every second until told to stop; what cannot be seen leaves a gap. */
export function watchSystem(scene: Scene): () => Promise<Series[]> {
  const series = new Map<string, Series>();
  const put = (unit: Series["unit"], name: string, value: number) => {
    const key = `${unit} ${name}`;
    const found = series.get(key) ?? { name, unit, points: [] };
    found.points.push([Math.round(scene.now()), value]);
    series.set(key, found);
  };
  let stopped = false;
  let restartsBefore: number | null = null;
  const look = async (round: number) => {
    const pods = await scene.cluster.allPods();
    for (const [name, of] of pods) put("replicas", name, of.filter(isReady).length);
    scene.ready = [...pods.values()].flat().filter(isReady).length;
    const restarts = [...pods.values()].flat().reduce((sum, pod) => sum + restartsOf(pod), 0);
    restartsBefore ??= restarts;
    put("restarts", "all", Math.max(0, restarts - restartsBefore));
    for (const [name, open] of await breakerSeries(scene, pods)) put("breakers open", name, open);
    if (round % MEMORY_EVERY === 0)
      for (const [name, mebibytes] of await memory(scene, pods)) put("MiB", name, mebibytes);
  };
  const looking = (async () => {
    for (let round = 0; !stopped; round++) {
      await look(round).catch(() => undefined);
      await new Promise((done) => setTimeout(done, INTERVAL_MS));
    }
  })();
  return async () => {
    stopped = true;
    await looking;
    return [...series.values()];
  };
}

/** The most that a pod of each service uses. */
async function memory(scene: Scene, pods: ReadonlyMap<string, readonly Pod[]>): Promise<Map<string, number>> {
  const { namespace } = scene.cluster;
  const { items } = await scene.cluster.get<{ items: PodMetrics[] }>(
    `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`,
  );
  const used = new Map(
    items.map(({ metadata, containers }) => [
      metadata.name,
      containers.reduce((sum, { usage }) => sum + Number.parseInt(usage.memory, 10) / 1024, 0), // the metrics server says Ki
    ]),
  );
  return new Map(
    [...pods].map(([name, of]) => [name, Math.max(0, ...of.map((pod) => used.get(pod.metadata.name) ?? 0))]),
  );
}
