import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = "/sys/fs/cgroup";

/** The mounted hierarchies: one on cgroup v2, one a controller, and often an empty unified one, on v1. */
function hierarchies(): string[] {
  if (existsSync(join(root, "cgroup.controllers"))) return [root];
  const cgroups = readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .filter((line) => / - cgroup2? /.test(line));
  return cgroups.map((line) => line.split(" ")[4] ?? "").filter((path) => path !== "");
}

/** Makes the cgroup that holds the cluster: its pods, and its daemons in a leaf of their own. */
export function createCgroups(name: string): void {
  for (const hierarchy of hierarchies()) {
    delegate(hierarchy);
    for (const path of ["slipway", `slipway/${name}`, `slipway/${name}/daemons`]) {
      const folder = join(hierarchy, path);
      mkdirSync(folder, { recursive: true });
      inheritCpuset(folder);
      if (!path.endsWith("daemons")) delegate(folder);
    }
  }
}

/** Moves a process, and so everything it will start, among the daemons of the cluster. */
export function joinDaemons(name: string, pid: number): void {
  for (const hierarchy of hierarchies())
    tryWrite(join(hierarchy, "slipway", name, "daemons", "cgroup.procs"), String(pid));
}

/** Every process of every pod of the cluster, whatever namespace it is in. */
export function podProcesses(name: string): number[] {
  const found = hierarchies().flatMap((hierarchy) => processesBelow(join(hierarchy, "slipway", name, "kubepods")));
  return [...new Set(found)];
}

/** Processes of the daemons' leaf. */
export function daemonProcesses(name: string): number[] {
  const found = hierarchies().flatMap((hierarchy) => processesBelow(join(hierarchy, "slipway", name, "daemons")));
  return [...new Set(found)];
}

/** Removes the empty cgroups of the cluster. Answers false while a process is still in one of them. */
export function removeCgroups(name: string): boolean {
  const gone = hierarchies().map((hierarchy) => removeTree(join(hierarchy, "slipway", name)));
  for (const hierarchy of hierarchies()) removeTree(join(hierarchy, "slipway"), true);
  return gone.every(Boolean);
}

function processesBelow(folder: string): number[] {
  const below = subfolders(folder).flatMap((child) => processesBelow(join(folder, child)));
  return [...below, ...readList(join(folder, "cgroup.procs")).map(Number)];
}

function removeTree(folder: string, onlyItself = false): boolean {
  if (!existsSync(folder)) return true;
  if (!onlyItself) for (const child of subfolders(folder)) removeTree(join(folder, child));
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false; // busy, or it holds another cluster
  }
}

/** cgroup v1: a new cpuset is empty and takes no process until it has CPUs and memory nodes. */
function inheritCpuset(folder: string): void {
  for (const file of ["cpuset.cpus", "cpuset.mems"]) {
    const [own, parent] = [join(folder, file), join(folder, "..", file)];
    if (!existsSync(own) || !existsSync(parent) || existsSync(join(folder, "cgroup.controllers"))) continue;
    if (readFileSync(own, "utf8").trim() === "") tryWrite(own, readFileSync(parent, "utf8").trim());
  }
}

/** cgroup v2: hands every controller on to the children. */
function delegate(folder: string): void {
  for (const controller of readList(join(folder, "cgroup.controllers"))) {
    tryWrite(join(folder, "cgroup.subtree_control"), `+${controller}`);
  }
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return []; // gone: containerd and the kernel remove cgroups at any moment
  }
}

function readList(file: string): string[] {
  try {
    return readFileSync(file, "utf8")
      .split(/\s+/)
      .filter((word) => word !== "");
  } catch {
    return []; // gone meanwhile, or no such file in this hierarchy
  }
}

function tryWrite(file: string, value: string): void {
  try {
    writeFileSync(file, value);
  } catch {
    // A controller this kernel or container does not offer; what really needs it will say so itself.
  }
}
