/** What rules and dashboards of a hundred services cost to write: `node bench/monitors.ts [rounds]`. Processor time; the first round compiles and is not counted. */

import { planSystem } from "../model/plan.ts";
import { systemDashboards } from "../monitors/dashboards.ts";
import { grafanaDashboard } from "../monitors/dashboards/grafana.ts";
import { ruleFile } from "../monitors/rule-file.ts";
import { systemRules } from "../monitors/rules.ts";
import { TIMING } from "../monitors/timing.ts";
import { fishdelivery } from "../systems/fishdelivery/system.ts";

const LIMIT_MS = 300;
const SERVICES = 100;
const rounds = Number(process.argv[2] ?? 9);
const links = { runbooks: "docs/runbooks", dashboards: "https://dashboards.example" };

const plan = planSystem(fishdelivery, "prod");
const copies = Array.from({ length: Math.ceil(SERVICES / plan.workloads.length) }, (_, index) => ({
  ...plan,
  name: `system-${index}`,
}));

function write(): void {
  for (const copy of copies) {
    ruleFile(systemRules({ plan: copy, timing: TIMING.standard, stores: "pods" }, links));
    for (const dashboard of systemDashboards(copy, "pods")) JSON.stringify(grafanaDashboard(dashboard));
  }
}

function measured(): number {
  const start = process.cpuUsage();
  write();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

write();
const times = Array.from({ length: rounds }, measured).toSorted((one, other) => one - other);
const median = times[Math.floor(rounds / 2)] ?? 0;
console.log(
  `${copies.length * plan.workloads.length} services: median ${median.toFixed(0)} ms, ${times[0]?.toFixed(0)} to ${times.at(-1)?.toFixed(0)} ms of ${rounds} rounds; wanted ${LIMIT_MS} ms`,
);
process.exitCode = median > LIMIT_MS ? 1 : 0;
