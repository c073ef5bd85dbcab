import { join } from "node:path";
import { joinDaemons } from "../node/cgroups.ts";
import { clusterFolders, supervisorLock } from "../config/folders.ts";
import { endFormerSupervisor } from "./former-supervisor.ts";
import { tryLock } from "../../machine/lock.ts";
import { makePrivateMounts } from "../node/private-mounts.ts";
import { readPlan } from "./process-record.ts";
import { rotateLogs } from "./rotate-logs.ts";
import { supervise } from "./supervise.ts";

// Program: keeps the processes of one cluster running. SIGTERM ends only the keeping; `down` ends the processes.
const cluster = process.argv[2] ?? "";
const lock = tryLock(supervisorLock(cluster));
const plan = readPlan(cluster);
if (lock === undefined || plan === undefined) {
  console.log(
    `${new Date().toISOString()} nothing to do: ${plan === undefined ? "no plan" : "another supervisor runs"}`,
  );
  process.exit(0);
}

const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop.abort());
process.on("SIGHUP", () => undefined); // the terminal of the first `up` may close

await endFormerSupervisor(cluster);
joinDaemons(cluster, process.pid);
makePrivateMounts(cluster);
console.log(`${new Date().toISOString()} supervising ${plan.processes.map(({ name }) => name).join(", ")}`);
const rotation = setInterval(() => rotateLogs(join(clusterFolders(cluster).state, "logs")), 60_000);
await Promise.all(plan.processes.map(async (spec) => await supervise(cluster, spec, stop.signal)));
clearInterval(rotation);
lock.release();
process.exit(0);
