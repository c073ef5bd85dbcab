import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Report } from "./generator.ts";
import type { GeneratorState, LoadPlan } from "./plan.ts";
import type { Row } from "./row.ts";

/** A load that is being sent. */
export interface RunningLoad {
  /** Requests that have ended so far, in the order of their ends. */
  readonly rows: readonly Row[];
  readonly state: GeneratorState;
  /** Milliseconds since it began: the clock of the rows. */
  now(): number;
  /** Sends nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

/** TypeScript here, JavaScript in the package, as this file is. */
const GENERATOR = new URL(`./generator${extname(import.meta.filename)}`, import.meta.url);

/** Begins a load in a thread of its own, so that what an experiment does meanwhile makes no request late. */
export async function startLoad(plan: LoadPlan): Promise<RunningLoad> {
  const worker = new Worker(GENERATOR, { workerData: plan });
  const rows: Row[] = [];
  let state: GeneratorState = { beganAt: 0, due: 0, sent: 0, cpuSeconds: 0, elapsedSeconds: 0 };
  const ended = new Promise<void>((done, failed) => {
    worker.on("error", failed);
    worker.on("message", (report: Report) => {
      rows.push(...report.rows);
      state = report.state;
      if (!report.ended) return;
      void worker.terminate();
      done();
    });
  });
  ended.catch(() => undefined); // told by stop()
  await new Promise<void>((done, failed) => worker.once("message", () => done()).once("error", failed));
  return {
    rows,
    get state() {
      return state;
    },
    now: () => performance.timeOrigin + performance.now() - state.beganAt,
    async stop() {
      worker.postMessage("stop");
      await ended;
    },
  };
}
