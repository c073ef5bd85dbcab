import type { LocalCluster } from "../components/local/cluster.ts";
import { readConfig } from "../toolchain/cluster/config/cluster-config.ts";
import { kubeconfigPath } from "../toolchain/cluster/config/folders.ts";
import type { Settings } from "./settings.ts";

/** Class of volumes in the embedded cluster; any other cluster has a default of its own. */
const STORAGE_CLASS = "local-path";

/** Stands for the address of a cluster of one's own, which it gives the Gateway only after deployment. */
const ASSIGNED = "assigned by the cluster; npx slipway open shows it";

/** Where the cluster of this stack is and what things are called there. */
export function localCluster({ kubeContext, cluster }: Pick<Settings, "kubeContext" | "cluster">): LocalCluster {
  const shared = { gatewayClass: "traefik" };
  if (kubeContext !== null)
    return { ...shared, name: kubeContext, context: kubeContext, kubeconfig: null, storageClass: null, url: ASSIGNED };
  const port = readConfig(cluster)?.httpPort ?? 8080;
  return {
    ...shared,
    name: cluster,
    context: null,
    kubeconfig: kubeconfigPath(cluster),
    storageClass: STORAGE_CLASS,
    url: `http://127.0.0.1:${port}`,
  };
}
