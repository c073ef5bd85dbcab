import { Agent } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { sendOne } from "./one-request.ts";
import type { GeneratorState, LoadPlan } from "./plan.ts";
import type { Row } from "./row.ts";

/** What the generator reports every so often. */
export interface Report {
  readonly rows: readonly Row[];
  readonly state: GeneratorState;
  readonly ended: boolean;
}

const REPORT_MS = 500;

/**
 * Sends a load from a thread of its own: request n is due at n / rate, whether earlier ones were answered or not, and its latency
 * counts from when it was due. Started by `start-load.ts`.
 */
class Generator {
  readonly #plan: LoadPlan;
  readonly #keeping = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  readonly #closing = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  readonly #began = performance.now();
  #next = 0;
  #open = 0;
  #rows: Row[] = [];
  #stoppedAt: number | null = null;
  readonly #pace: NodeJS.Timeout;
  readonly #telling: NodeJS.Timeout;

  constructor(plan: LoadPlan, report: (report: Report) => void) {
    this.#plan = plan;
    this.#pace = setInterval(() => this.#sendDue(), 1);
    this.#telling = setInterval(() => this.#tell(report), REPORT_MS);
  }

  stop(): void {
    this.#stoppedAt ??= this.#now();
    clearInterval(this.#pace);
  }

  #now(): number {
    return performance.now() - this.#began;
  }

  #due(): number {
    return Math.floor(((this.#stoppedAt ?? this.#now()) / 1000) * this.#plan.perSecond) + 1;
  }

  #sendDue(): void {
    if (this.#now() > this.#plan.mostSeconds * 1000) this.stop();
    while (this.#stoppedAt === null && this.#next < this.#due()) this.#send(this.#next++);
  }

  #send(index: number): void {
    const { entry, perSecond, requests, timeoutMs, closingPercent } = this.#plan;
    const at = (index / perSecond) * 1000;
    const late = this.#now() - at;
    const request = index % requests.length;
    const wanted = requests[request];
    if (wanted === undefined) throw new Error("a load without requests");
    const agent = (index * 37) % 100 < closingPercent ? this.#closing : this.#keeping; // spread evenly, repeatable
    this.#open++;
    void sendOne(entry, wanted, agent, timeoutMs).then((met) => {
      this.#rows.push({ at, ms: this.#now() - at, late, request, ...met });
      this.#open--;
    });
  }

  #tell(report: (report: Report) => void): void {
    const { user, system } = process.threadCpuUsage();
    const elapsedSeconds = (this.#stoppedAt ?? this.#now()) / 1000;
    const beganAt = performance.timeOrigin + this.#began;
    const state = { beganAt, due: this.#due(), sent: this.#next, cpuSeconds: (user + system) / 1e6, elapsedSeconds };
    const ended = this.#stoppedAt !== null && this.#open === 0;
    report({ rows: this.#rows, state, ended });
    this.#rows = [];
    if (!ended) return;
    clearInterval(this.#telling);
    this.#keeping.destroy();
  }
}

const generator = new Generator(workerData as LoadPlan, (report) => parentPort?.postMessage(report));
parentPort?.once("message", () => generator.stop());
