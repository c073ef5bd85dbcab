import { readdirSync, readFileSync } from "node:fs";
import { stringify } from "yaml";
import type { EngineEvent } from "../cli/preview/engine-event.ts";
import { planFrom } from "../cli/preview/preview-plan.ts";
import { runEngine } from "../cli/preview/run-engine.ts";
import { planOnlyStack, withPlanOnlyEngine } from "../toolchain/plan-only.ts";
import type { Progress } from "../toolchain/progress.ts";

interface Case { readonly label: string; readonly services: number; readonly project: string; readonly config: Record<string, string>; readonly flat?: string }

/** One preview, as a clock and the process table saw it. */
export interface Measured {
  readonly label: string;
  readonly services: number;
  readonly resources: number;
  readonly seconds: number;
  /** From the first registered resource to the summary: without the start of Node.js and plugins. */
  readonly engineSeconds: number;
  /** Processor time of the engine, the program and the stand-ins together. */
  readonly cpuSeconds: number;
  /** Processor time of the engine alone: what a busy machine changes least. */
  readonly engineCpuSeconds: number;
  /** Largest memory of all of them; what they share counts once (PSS). */
  readonly peakMebibytes: number;
  readonly declared: readonly object[];
}

const SAMPLE_MS = 500;
const KIBIBYTES = 1024;
/** Clock ticks of the kernel in a second. */
const TICKS = 100;

/** Runs one plan-only preview and measures it. */
export async function measurePreview({ label, services, project, config, flat }: Case, progress: Progress): Promise<Measured> {
  return withPlanOnlyEngine(progress, async (engine) => {
    const file = await planOnlyStack(engine, "preview-bench", "prod", stringify({ config }));
    const env = { ...engine.env, BENCH_SERVICES: String(services), ...(flat === undefined ? {} : { BENCH_FLAT: flat }) };
    let first = 0;
    let last = 0;
    const onEvent = ({ resourcePreEvent, summaryEvent }: EngineEvent): void => {
      if (resourcePreEvent && first === 0) first = performance.now();
      if (summaryEvent) last = performance.now();
    };
    const watch = watchChildren();
    const started = performance.now();
    const { events, exitCode, messages } = await runEngine({ pulumi: engine.pulumi, args: ["preview", "--stack", "prod", "--config-file", file], cwd: project, env, onEvent });
    const seconds = (performance.now() - started) / 1000;
    const usage = watch.stop();
    const plan = planFrom(events, { stack: "prod", planOnly: true, exitCode });
    if (plan.failed) throw new Error(`${label}: ${messages}\n${plan.diagnostics.map(({ message }) => message).join("\n")}`);
    const declared = plan.steps.filter(({ provider, type }) => provider !== "" || type.startsWith("pulumi:providers:"))
      .map(({ type, name, new: inputs, provider }) => ({ type, name, inputs, provider: provider.split("::").slice(2, 4).join("::").replace(/^.*\$/, "") }));
    return { label, services, resources: plan.steps.length, seconds, engineSeconds: (last - first) / 1000, ...usage, declared };
  });
}

interface Usage { readonly cpuSeconds: number; readonly engineCpuSeconds: number; readonly peakMebibytes: number }

/** Samples everything that this process started. */
function watchChildren(): { stop: () => Usage } {
  const ticks = new Map<number, { used: number; name: string }>();
  let peak = 0;
  const sample = (): void => {
    const processes = descendants(process.pid);
    peak = Math.max(peak, processes.reduce((sum, { pid }) => sum + shareOf(pid), 0));
    for (const { pid, used, name } of processes) ticks.set(pid, { used, name });
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return { stop: () => {
    clearInterval(timer);
    const seconds = (of: (name: string) => boolean): number => [...ticks.values()].filter(({ name }) => of(name)).reduce((sum, { used }) => sum + used, 0) / TICKS;
    return { cpuSeconds: seconds(() => true), engineCpuSeconds: seconds((name) => name === "pulumi"), peakMebibytes: peak / KIBIBYTES };
  } };
}

/** Kibibytes of one process, its part of what it shares with others. */
function shareOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0; // ended meanwhile
  }
}

function descendants(root: number): Process[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => stat(Number(name)));
  const family = new Set([root]);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => pid !== root && family.has(pid));
}

interface Process { readonly pid: number; readonly parent: number; readonly used: number; readonly name: string }

function stat(pid: number): Process[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ").map(Number);
    return [{ pid, name: text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")), parent: fields[1] ?? 0, used: (fields[11] ?? 0) + (fields[12] ?? 0) }];
  } catch {
    return []; // ended meanwhile
  }
}
