import { clusterStatus } from "../toolchain/cluster/status.ts";
import { getObjects } from "./kubectl.ts";
import type { StackSettings } from "./stack-settings.ts";
import { UserError } from "./user-error.ts";

interface Gateway { readonly status?: { readonly addresses?: readonly { readonly value: string }[] } }

/** Where the public entry of a stack answers from this machine. */
export async function entryUrl(settings: StackSettings): Promise<string> {
  if (settings.kubeContext === null) return `http://127.0.0.1:${(await clusterStatus(settings.cluster)).httpPort}`;
  const gateways = await getObjects<Gateway>(settings, settings.systems[0] ?? "", "gateways.gateway.networking.k8s.io");
  const address = gateways[0]?.status?.addresses?.[0]?.value;
  if (address === undefined) {
    throw new UserError(`slipway: the Gateway of ${settings.systems[0]} on context "${settings.kubeContext}" has no address yet; does the cluster give load balancers one?`, 1);
  }
  return `http://${address}`;
}
