import { planSystem } from "../../model/plan.ts";
import { runbooks } from "../../monitors/runbook.ts";
import { systems } from "../../systems/index.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** One page an alert: what a person needs at three in the morning. */
export function runbookPages(): GeneratedFile[] {
  return runbooks(systems.map((system) => planSystem(system, "prod"))).map(({ name, content }) => ({
    path: `docs/runbooks/${name}`,
    content,
  }));
}
