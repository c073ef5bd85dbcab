/**
 * Asks a live Prometheus whether everything that rules and panels read is really there, and what rules cost.
 * Usage: node bench/monitors-live.ts http://127.0.0.1:9090 [dev|prod]
 */
import { planSystem } from "../model/plan.ts";
import type { Stage } from "../model/stage.ts";
import { liveGaps } from "../monitors/proving/live-gaps.ts";
import { TIMING } from "../monitors/timing.ts";
import { systems } from "../systems/index.ts";

const [prometheus = "http://127.0.0.1:9090", stage = "dev"] = process.argv.slice(2);

interface Series {
  readonly metric: Record<string, string>;
  readonly value: readonly [number, string];
}

async function ask(query: string): Promise<readonly Series[]> {
  const reply = (await (await fetch(`${prometheus}/api/v1/query?${new URLSearchParams({ query })}`)).json()) as {
    status: string;
    error?: string;
    data: { result: Series[] };
  };
  if (reply.status !== "success") throw new Error(`${query}: ${reply.error ?? "no answer"}`);
  return reply.data.result;
}

let failed = false;
for (const system of systems) {
  const scope = {
    plan: planSystem(system, stage as Stage),
    timing: TIMING.lab,
    stores: stage === "prod" ? "cloud" : "pods",
  } as const;
  const gaps = await liveGaps(scope, async (query) => (await ask(query)).length, "60s");
  for (const [what, missing] of Object.entries(gaps) as [string, string[]][]) {
    console.log(`${system.name}: ${what} missing: ${missing.length}${missing.map((name) => `\n    ${name}`).join("")}`);
    failed ||= missing.length > 0;
  }
}
const groups = await ask("prometheus_rule_group_last_duration_seconds");
console.log(
  `rules: ${groups.map(({ metric, value }) => `${metric["rule_group"]?.split(";").at(-1)} ${(Number(value[1]) * 1000).toFixed(1)} ms`).join(", ")}`,
);
process.exitCode = failed ? 1 : 0;
