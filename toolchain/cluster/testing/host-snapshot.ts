import { existsSync, readFileSync, readdirSync } from "node:fs";
import { processIds, readProc } from "../../machine/proc.ts";
import { run } from "../config/run.ts";

/** Everything on the host a cluster could leave behind, as lines of text. */
export async function hostSnapshot(cluster: string): Promise<ReadonlySet<string>> {
  const lines = async (label: string, command: string, args: string[]) =>
    (await run(command, args)).split("\n").map((line) => `${label}: ${line.trim()}`);
  const found = [
    ...readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .map((line) => `mount: ${line.split(" ").slice(3).join(" ")}`),
    ...(await lines("link", "ip", ["-o", "-br", "link"])).map((line) => line.split(/\s+/).slice(0, 2).join(" ")),
    ...(await lines("route", "ip", ["route", "show", "table", "all"])),
    ...["/run/netns", "/run/slipway", "/run/containerd", "/var/log/pods", "/var/lib/cni", "/etc/cni"].flatMap(entries),
    ...cgroupFolders(cluster),
    ...processesOf(cluster),
  ];
  return new Set(found);
}

/** What is there now and was not there before, apart from what belongs to other clusters. */
export function leftBehind(before: ReadonlySet<string>, after: ReadonlySet<string>, cluster: string): string[] {
  const ofOthers = (line: string) => /slipway|sw-/.test(line) && !line.includes(cluster);
  return [...after].filter((line) => !before.has(line) && !ofOthers(line));
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((entry) => `entry: ${folder}/${entry}`) : [];
}

function cgroupFolders(cluster: string): string[] {
  const hierarchies = existsSync("/sys/fs/cgroup/cgroup.controllers") ? [""] : readdirSync("/sys/fs/cgroup");
  const names = [`slipway/${cluster}`, "k8s.io", "kubepods"]; // ours, and what a runtime makes that is not told where to put its containers
  return hierarchies
    .flatMap((hierarchy) => names.map((name) => `/sys/fs/cgroup/${hierarchy}/${name}`))
    .filter(existsSync)
    .map((path) => `cgroup: ${path}`);
}

function processesOf(cluster: string): string[] {
  const marks = [`clusters/${cluster}/`, `/run/slipway/${cluster}/`, `slipway-${cluster}`];
  return processIds()
    .filter((pid) => pid !== process.pid)
    .map((pid) => readProc(pid, "cmdline") ?? "")
    .filter((command) => marks.some((mark) => command.includes(mark)))
    .map((command) => `process: ${command.split("\0").join(" ")}`);
}
