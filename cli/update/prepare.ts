import type { Progress } from "../../toolchain/machine/progress.ts";
import { resolveAll } from "../../toolchain/tools/resolve-all.ts";
import type { ToolName } from "../../toolchain/tools/catalogue/tools.ts";

/** What `pulumi up` needs on any cluster. */
const ENGINE: readonly ToolName[] = ["pulumi", "pulumi-resource-random", "pulumi-resource-kubernetes", "kubectl"];

/** What the embedded cluster runs beside it, and what its images are built with. */
const CLUSTER: readonly ToolName[] = [
  "kubelet",
  "etcd",
  "containerd",
  "cni-plugins",
  "nft",
  "network-policy-controller",
  "volume-provisioner",
  "gateway-api-crds",
  "coredns",
  "metrics-server",
  "traefik",
  "buildah",
  "mmdebstrap",
  "kafka-jars",
];

/** Makes every tool available that a stack will ask for, so that the whole wait is announced before it begins. */
export async function prepareTools(embeddedCluster: boolean, progress?: Progress): Promise<void> {
  await resolveAll(embeddedCluster ? [...ENGINE, ...CLUSTER] : ENGINE, progress);
}
