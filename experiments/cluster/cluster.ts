import { LABEL } from "../../model/names.ts";
import type { ApiAnswer, ApiCall, Ground } from "../ground.ts";
import type { Pod, Workload } from "./objects.ts";

/** Under this name experiments change objects; the engine must find nothing of it afterwards. */
export const MANAGER = "slipway-prove";

/** The objects of one system on its cluster. */
export class Cluster {
  readonly #ground: Ground;
  readonly namespace: string;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.namespace = ground.plan.name;
  }

  /** Pods of a service or a store, those on their way out too. */
  async pods(name: string): Promise<Pod[]> {
    const chosen = encodeURIComponent(`${LABEL.name}=${name},${LABEL.component} in (service,store)`);
    return (await this.get<{ items: Pod[] }>(`${this.core}/pods?labelSelector=${chosen}`)).items;
  }

  /** Pods of all services and stores, by the name of what they belong to. */
  async allPods(): Promise<Map<string, Pod[]>> {
    const chosen = encodeURIComponent(`${LABEL.component} in (service,store)`);
    const { items } = await this.get<{ items: Pod[] }>(`${this.core}/pods?labelSelector=${chosen}`);
    return Map.groupBy(items, ({ metadata }) => metadata.labels?.[LABEL.name] ?? "");
  }

  /** Path and state of the Deployment or StatefulSet of a service or a store. */
  async workload(name: string): Promise<{ readonly path: string; readonly object: Workload }> {
    const chosen = encodeURIComponent(`${LABEL.name}=${name},${LABEL.component} in (service,store)`);
    for (const kind of ["deployments", "statefulsets"]) {
      const path = `/apis/apps/v1/namespaces/${this.namespace}/${kind}`;
      const [object] = (await this.get<{ items: Workload[] }>(`${path}?labelSelector=${chosen}`)).items;
      if (object) return { path: `${path}/${object.metadata.name}`, object };
    }
    throw new Error(`${this.namespace} runs no workload "${name}"`);
  }

  get core(): string {
    return `/api/v1/namespaces/${this.namespace}`;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.ask({ method: "GET", path })).body as T;
  }

  /** Asks the API server; throws unless it agrees. */
  async ask(call: ApiCall): Promise<ApiAnswer> {
    const answer = await this.#ground.api(call);
    if (answer.status >= 300)
      throw new Error(
        `${call.method} ${call.path} answered ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`,
      );
    return answer;
  }

  /** Asks a pod itself, by way of the API server: no route and no policy is in between. */
  async askPod(pod: Pod, port: number, call: ApiCall): Promise<ApiAnswer> {
    return await this.ask({ ...call, path: this.podPath(pod, port, call.path) });
  }

  podPath(pod: Pod, port: number, path: string): string {
    return `${this.core}/pods/${pod.metadata.name}:${port}/proxy${path}`;
  }
}
