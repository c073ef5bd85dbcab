import { homedir } from "node:os";
import { join } from "node:path";

/** Where one cluster keeps its things on the host. */
export interface ClusterFolders {
  /** Survives `down`: certificates, etcd data, images, volumes, logs. */
  readonly state: string;
  /** Sockets and process records; emptied by `down` and by a reboot. */
  readonly run: string;
  /** Bind mount of the cluster's network namespace; `ip netns list` shows it. */
  readonly netns: string;
}

/** Folders of the cluster called `name`. */
export function clusterFolders(name: string): ClusterFolders {
  const stateHome = process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state");
  return {
    state: join(stateHome, "slipway", "clusters", name),
    run: join("/run/slipway", name),
    netns: join("/run/netns", `slipway-${name}`),
  };
}

/** Folder of a cluster's locks: in the only place that its daemons, who have a /run of their own, see as everybody else does. */
export const locks = "locks";

/** Lock of whoever starts or stops a cluster. */
export function clusterLock(name: string): string {
  return join(clusterFolders(name).run, locks, "cluster");
}

/** Lock of the one supervisor of a cluster; it also says which process that is. */
export function supervisorLock(name: string): string {
  return join(clusterFolders(name).run, locks, "supervisor");
}

/** The kubeconfig of an embedded cluster; it is never merged into `~/.kube/config`. */
export function kubeconfigPath(name: string): string {
  return join(clusterFolders(name).state, "kubeconfig");
}
