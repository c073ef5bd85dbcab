import type { ApiClient } from "../control-plane/api-client.ts";
import type { Addon } from "./manifests/addon.ts";

interface Pods {
  readonly items: readonly {
    readonly status: {
      readonly conditions?: readonly { type: string; status: string }[];
      readonly containerStatuses?: readonly { state?: { running?: { startedAt: string } } }[];
    };
  }[];
}

interface Deployment {
  readonly metadata: { readonly generation: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly replicas?: number;
  };
}

/**
 * Names of the awaited add-ons that do not answer yet. Right after a start the API still tells what was true when the cluster
 * was stopped, so only containers started since `began` count.
 */
export async function missingAddons(addons: readonly Addon[], began: Date, api: ApiClient): Promise<string[]> {
  const awaited = addons.filter((addon) => addon.awaited);
  const answers = await Promise.all(
    awaited.map(async (addon) => (await isRolledOut(addon, api)) && (await hasFreshPod(addon, began, api))),
  );
  return awaited.filter((_, index) => !answers[index]).map(({ name }) => name);
}

async function isRolledOut({ name, namespace }: Addon, api: ApiClient): Promise<boolean> {
  const found = await api.get<Deployment>(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`);
  const { observedGeneration, updatedReplicas = 0, replicas = 0 } = found?.status ?? {};
  return observedGeneration === found?.metadata.generation && updatedReplicas > 0 && replicas === updatedReplicas;
}

async function hasFreshPod({ name, namespace }: Addon, began: Date, api: ApiClient): Promise<boolean> {
  const selector = encodeURIComponent(`app.kubernetes.io/name=${name}`);
  const pods = await api.get<Pods>(`/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`);
  const wholeSeconds = Math.floor(began.getTime() / 1000) * 1000; // Kubernetes cuts fractions off
  return (pods?.items ?? []).some(({ status }) => {
    const ready = status.conditions?.some(({ type, status: value }) => type === "Ready" && value === "True");
    const started = status.containerStatuses?.[0]?.state?.running?.startedAt;
    return ready === true && started !== undefined && Date.parse(started) >= wholeSeconds;
  });
}
