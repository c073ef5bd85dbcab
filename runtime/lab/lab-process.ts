import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** Letters of what a process said last that an error repeats. */
const LAST_WORDS = 4000;

/** A process of the tests that keeps what it says, for the error that tells of its end. */
export class LabProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #end: Promise<number | null>;
  #said = "";

  constructor(name: string, program: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#name = name;
    this.#child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#said = (this.#said + text).slice(-LAST_WORDS);
      });
    this.#end = new Promise((resolve) => {
      this.#child.once("close", resolve); // when everything it said has been read
      this.#child.once("error", ({ message }) => {
        this.#said += message;
        resolve(null);
      });
    });
  }

  /** True until it has ended, by itself or by a signal. */
  get runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined;
  }

  /** What went wrong with it, and what it said last. */
  fault(what: string): Error {
    return new Error(
      `${this.#name} ${what}${this.#said.trim() === "" ? ", and said nothing" : `:\n${this.#said.trim()}`}`,
    );
  }

  /** Its exit code; null when a signal ended it. */
  ended(): Promise<number | null> {
    return this.#end;
  }

  /** Ends it; SIGKILL is what a crashed node does, SIGQUIT makes PostgreSQL end at once and clear its shared memory. */
  kill(signal: "SIGTERM" | "SIGKILL" | "SIGQUIT"): Promise<number | null> {
    this.#child.kill(signal);
    return this.#end;
  }

  /** Waits until it answers. Throws at once when it ends before, and after `timeoutMs`, with what it said. */
  async answers(probe: () => Promise<boolean>, timeoutMs: number): Promise<void> {
    for (const deadline = Date.now() + timeoutMs; !(await probe().catch(() => false)); await sleep(50)) {
      if (!this.runs) throw this.fault(`ended with ${await this.#end} before it answered`);
      if (Date.now() > deadline) throw this.fault(`did not answer within ${timeoutMs / 1000} s`);
    }
  }
}
