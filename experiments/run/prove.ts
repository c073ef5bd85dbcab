import { boundPercent } from "../measure.ts";
import type { Experiment, Verdict } from "../words.ts";
import { FIGURE } from "./standard-figures.ts";
import type { Judged } from "./verdict.ts";
import { type Live, type Run, runOnce, type RunParts } from "./run-once.ts";

/** What became of one experiment: its runs, its control, and the verdict on all of them. */
export interface Proof {
  readonly id: string;
  readonly title: string;
  readonly hypothesis: string;
  readonly items: readonly number[];
  readonly source: string | null;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly runs: readonly Run[];
  readonly control: ControlProof;
  /** With no failure at all, what share may fail at the most, in percent; null with failures. */
  readonly boundPercent: number | null;
}

export type ControlProof =
  | { readonly declined: string }
  | { readonly off: string; readonly run: Run | null; readonly failed: boolean; readonly told: string };

export interface ProveParts extends Omit<RunParts, "told"> {
  readonly repeats: number;
  readonly told: (live: Live & { readonly experiment: Experiment; readonly run: string }) => void;
}

/** Runs an experiment as often as wanted, then its control. Stops where a run does not pass: one is enough to refute. */
export async function prove(experiment: Experiment, parts: ProveParts): Promise<Proof> {
  const unrunnable = experiment.unrunnable(parts.ground);
  if (unrunnable !== null) return proofOf(experiment, [], noControl(experiment), unrunnable);
  const runs: Run[] = [];
  for (let index = 1; index <= parts.repeats; index++) {
    const told = (live: Live) => parts.told({ ...live, experiment, run: `run ${index} of ${parts.repeats}` });
    runs.push(await runOnce(experiment, { ...parts, told }));
    if (runs.at(-1)?.verdict !== "pass") break;
  }
  const worthwhile = runs.every(({ verdict }) => verdict === "pass");
  return proofOf(experiment, runs, worthwhile ? await runControl(experiment, parts) : noControl(experiment), null);
}

async function runControl(experiment: Experiment, parts: ProveParts): Promise<ControlProof> {
  const { control } = experiment;
  if ("declined" in control) return control;
  const told = (live: Live) => parts.told({ ...live, experiment, run: `control without ${control.off}` });
  const run = await runOnce(experiment, { ...parts, told }, control);
  const missed = run.judged.filter(
    ({ figure, kept, measured }) => control.misses.includes(figure) && !kept && measured !== null,
  );
  const failed = run.verdict === "fail" && missed.length > 0;
  return { off: control.off, run, failed, told: failed ? sayings(missed) : whyNot(run) };
}

function whyNot({ verdict, objections, judged }: Run): string {
  if (verdict === "invalid") return `the control is invalid: ${objections.join("; ")}`;
  return `it missed none of the thresholds it had to miss (${sayings(judged)})`;
}

function noControl({ control }: Experiment): ControlProof {
  return "declined" in control ? control : { off: control.off, run: null, failed: false, told: "not run" };
}

function proofOf(
  experiment: Experiment,
  runs: readonly Run[],
  control: ControlProof,
  unrunnable: string | null,
): Proof {
  const { id, title, hypothesis, items, source } = experiment;
  const { verdict, reason } =
    unrunnable === null ? concluded(runs, control) : { verdict: "not runnable" as const, reason: unrunnable };
  const failures = runs.reduce((sum, { measured }) => sum + (measured[FIGURE.failed] ?? 0), 0);
  const requests = runs.reduce((sum, { measured }) => sum + (measured[FIGURE.requests] ?? 0), 0);
  const bound = runs.length > 0 && failures === 0 ? boundPercent(requests) : null;
  return { id, title, hypothesis, items, source, verdict, reason, runs, control, boundPercent: bound };
}

/** A failed run refutes, whatever the control says; a control that passes takes the worth of every pass. */
export function concluded(runs: readonly Run[], control: ControlProof): { verdict: Verdict; reason: string } {
  const failed = runs.find(({ verdict }) => verdict === "fail");
  if (failed) {
    const missed = failed.judged.filter(({ kept, measured }) => !kept && measured !== null);
    return { verdict: "fail", reason: sayings(missed) };
  }
  const invalid = runs.find(({ verdict }) => verdict === "invalid");
  if (invalid) return { verdict: "invalid", reason: invalid.objections.join("; ") };
  if (runs.length === 0) return { verdict: "invalid", reason: "it was not run" };
  if ("failed" in control && !control.failed)
    return { verdict: "invalid", reason: `the control without ${control.off} shows no difference: ${control.told}` };
  return { verdict: "pass", reason: `${runs.length} of ${runs.length} runs kept every threshold` };
}

function sayings(judged: readonly Judged[]): string {
  return judged
    .map(
      ({ figure, measured, holds, limit, unit }) =>
        `${figure} ${shown(measured ?? 0)} ${unit}, wanted ${holds} ${limit}`,
    )
    .join("; ");
}

function shown(value: number): string {
  return String(Math.round(value * 100) / 100);
}
