import { dirname } from "node:path";
import type { Progress } from "../../machine/progress.ts";
import { resolve } from "../../tools/resolve.ts";

/** Absolute paths of every program a cluster runs. */
export interface Binaries {
  readonly etcd: string;
  readonly apiserver: string;
  readonly controllerManager: string;
  readonly scheduler: string;
  readonly kubelet: string;
  readonly kubeProxy: string;
  /** Folder with containerd, ctr and the shim. */
  readonly containerd: string;
  readonly runc: string;
  /** Folder of CNI plugins. */
  readonly cni: string;
  readonly nft: string;
  readonly networkPolicyController: string;
  readonly volumeProvisioner: string;
}

/** Finds or fetches every program; slow only the first time. */
export async function clusterBinaries(progress: Progress): Promise<Binaries> {
  const tool = async (name: Parameters<typeof resolve>[0]) => await resolve(name, progress);
  return {
    etcd: await tool("etcd"),
    apiserver: await tool("kube-apiserver"),
    controllerManager: await tool("kube-controller-manager"),
    scheduler: await tool("kube-scheduler"),
    kubelet: await tool("kubelet"),
    kubeProxy: await tool("kube-proxy"),
    containerd: await tool("containerd"),
    runc: await tool("runc"),
    cni: await tool("cni-plugins"),
    nft: await tool("nft"),
    networkPolicyController: await tool("network-policy-controller"),
    volumeProvisioner: await tool("volume-provisioner"),
  };
}

/** PATH of the daemons: what they start by name comes from our own tools first. */
export function searchPath(binaries: Binaries): string {
  const own = [dirname(binaries.nft), dirname(binaries.runc), binaries.containerd];
  return [...own, "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"].join(":");
}
