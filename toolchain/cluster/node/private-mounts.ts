import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterFolders } from "../config/folders.ts";
import type { ClusterFolders } from "../config/folders.ts";

const marker = "/run/.slipway-private";

/** Values the kubelet insists on. It would set them for the whole machine; it gets to read them instead. */
const kubeletSysctls: Record<string, string> = {
  "vm/overcommit_memory": "1",
  "vm/panic_on_oom": "0",
  "kernel/panic": "10",
  "kernel/panic_on_oops": "1",
  "kernel/keys/root_maxkeys": "1000000",
  "kernel/keys/root_maxbytes": "25000000",
};

/**
 * Called by the supervisor in a mount namespace of its own: gives the daemons private copies of the folders their programs have
 * compiled in (/run/containerd, /var/lib/kubelet, /var/log/pods …). The host sees none of these mounts, and they end with the last process.
 */
export function makePrivateMounts(cluster: string): void {
  if (existsSync(marker)) return; // joined the mount namespace of processes that outlived their supervisor
  const folders = clusterFolders(cluster);
  privateRun(cluster, folders);
  mount("--bind", join(folders.state, "kubelet"), "/var/lib/kubelet");
  mount("--bind", join(folders.state, "log"), "/var/log");
  for (const [name, value] of Object.entries(kubeletSysctls)) shadowSysctl(name, value);
  mount("--make-rshared", "/"); // the kubelet hands mounts on to containers
  writeFileSync(marker, "");
}

/** An empty /run that still shows this cluster's own folder and the named network namespaces. */
function privateRun(cluster: string, folders: ClusterFolders): void {
  const stage = join(folders.run, "private");
  mkdirSync(stage, { recursive: true });
  mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", stage);
  for (const [from, to] of [
    ["/run/netns", "netns"],
    [folders.run, `slipway/${cluster}`],
  ] as const) {
    mkdirSync(join(stage, to), { recursive: true });
    mount(from === folders.run ? "--bind" : "--rbind", from, join(stage, to));
  }
  mount("--move", stage, "/run");
}

function shadowSysctl(name: string, value: string): void {
  const file = join("/proc/sys", name);
  if (!existsSync(file) || readFileSync(file, "utf8").trim() === value) return;
  const shadow = join("/run", `sysctl-${name.replaceAll("/", "-")}`);
  writeFileSync(shadow, `${value}\n`);
  mount("--bind", shadow, file);
}

function mount(...args: string[]): void {
  execFileSync("mount", ["--no-mtab", ...args], { stdio: ["ignore", "ignore", "inherit"] });
}
