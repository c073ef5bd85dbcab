import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { EngineEvent } from "../cli/preview/engine-event.ts";
import { planCollector } from "../cli/preview/preview-plan.ts";
import { runEngine } from "../cli/preview/run-engine.ts";
import { planOnlyStack, withPlanOnlyEngine } from "../toolchain/engine/plan-only.ts";
import type { Progress } from "../toolchain/machine/progress.ts";
import { type Usage, watchProcesses } from "./watch-processes.ts";

interface Case {
  readonly label: string;
  readonly services: number;
  /** Systems of so many services each; one by default. */
  readonly systems?: number;
  readonly project: string;
  readonly config: Record<string, string>;
  /** Whether the policy pack judges, too. */
  readonly policies?: boolean;
  /** File with resources to register one after the other, instead of through the components. */
  readonly flat?: string;
  /** File in which the engine notes every call, which takes time. */
  readonly log?: string;
}

const POLICIES = join(import.meta.dirname, "../policies");

/** One preview, as a clock and the process table saw it. */
export interface Measured extends Usage {
  readonly label: string;
  readonly services: number;
  readonly resources: number;
  readonly seconds: number;
  /** From the first registered resource to the summary: without the start of Node.js and plugins. */
  readonly engineSeconds: number;
}

/** Runs one plan-only preview and measures it. */
export async function measurePreview(
  { label, services, systems = 1, project, config, policies = false, flat, log }: Case,
  progress: Progress,
): Promise<Measured> {
  return withPlanOnlyEngine(progress, async (engine) => {
    const { name } = parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")) as { name: string };
    const file = await planOnlyStack(engine, name, "prod", stringify({ config }));
    const env = {
      ...engine.env,
      BENCH_SERVICES: String(services),
      BENCH_SYSTEMS: String(systems),
      ...(flat && { BENCH_FLAT: flat }),
      ...(log && { PULUMI_DEBUG_GRPC: log }),
    };
    let first = 0;
    let last = 0;
    const collector = planCollector();
    const onEvent = (event: EngineEvent): void => {
      if (event.resourcePreEvent && first === 0) first = performance.now();
      if (event.summaryEvent) last = performance.now();
      collector.add(event);
    };
    const watch = watchProcesses();
    const started = performance.now();
    const args = [
      "preview",
      "--stack",
      "prod",
      "--config-file",
      file,
      ...(policies ? ["--policy-pack", POLICIES] : []),
    ];
    const { exitCode, messages } = await runEngine({ pulumi: engine.pulumi, args, cwd: project, env, onEvent });
    const seconds = (performance.now() - started) / 1000;
    const usage = watch.stop();
    const plan = collector.plan({ stack: "prod", planOnly: true, exitCode });
    // The pack finds that nothing watches the generated system; what judging costs is the same.
    if (plan.failed && plan.policies.length === 0)
      throw new Error(`${label}: ${messages}\n${plan.diagnostics.map(({ message }) => message).join("\n")}`);
    return { label, services, resources: plan.steps.length, seconds, engineSeconds: (last - first) / 1000, ...usage };
  });
}
