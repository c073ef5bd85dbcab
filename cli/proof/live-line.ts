import { figuresOf } from "../../experiments/measure.ts";
import type { Live } from "../../experiments/run/run-once.ts";
import type { Experiment } from "../../experiments/words.ts";
import { standardProgress, type Step } from "../../toolchain/machine/progress.ts";

/** Figures that change are of so many last seconds. */
const RECENT_MS = 5000;

/** Shows how each run goes on; one step a run. */
export class LiveLine {
  #step: Step | null = null;
  #title = "";

  show({ experiment, run, ...live }: Live & { readonly experiment: Experiment; readonly run: string }): void {
    const title = `${experiment.id} ${run}`;
    if (title !== this.#title) {
      this.ended();
      this.#title = title;
      this.#step = standardProgress().step(title, experiment.seconds);
    }
    this.#step?.note(noteOf(live));
  }

  ended(result?: string): void {
    this.#step?.done(result);
    this.#step = null;
    this.#title = "";
  }
}

function noteOf({ phase, rows, now, ready }: Live): string {
  const recent = figuresOf(rows, now - RECENT_MS - 1000, now - 1000);
  const failed = rows.filter(({ outcome }) => outcome !== "ok").length;
  const load = recent ? [`${recent.perSecond.toFixed(0)} rps`, `p99 ${recent.p99Ms.toFixed(0)} ms`] : [];
  const told = [phase, ...load, ...(rows.length > 0 ? [`${failed} of ${rows.length} failed`] : [])];
  return [...told, ...(ready === null ? [] : [`${ready} pods ready`])].join(" · ");
}
