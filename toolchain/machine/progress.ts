import { visible } from "../../model/harmless/visible.ts";

/** Tells the user what is being done, how long it has taken and how long it should take. */
export interface Progress {
  /** Opens a step; `expectedSeconds` is what it takes on two cores with nothing cached. */
  step(title: string, expectedSeconds?: number): Step;
}

export interface Step {
  /** What the step does now. */
  note(text: string): void;
  /** A line printed by a program that the step runs; shown by `--verbose` only. */
  raw(line: string): void;
  done(result?: string): void;
  failed(): void;
}

export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** A terminal shows one line that changes; anything else gets a line now and then. */
  readonly terminal: boolean;
  readonly verbose: boolean;
  readonly columns?: number;
}

/** Between two lines of a step where there is no terminal. */
const PLAIN_INTERVAL_MS = 15_000;
const TERMINAL_INTERVAL_MS = 500;

/** Progress on standard error: a changing line on a terminal, plain lines with CI, NO_COLOR or in a file. */
export function standardProgress(verbose = process.argv.includes("--verbose")): Progress {
  const plain = process.env["CI"] || process.env["NO_COLOR"] || process.env["TERM"] === "dumb";
  return createProgress({
    write: (text) => void process.stderr.write(text),
    terminal: process.stderr.isTTY === true && !plain && !verbose,
    verbose,
    columns: process.stderr.columns,
  });
}

/** Progress that says nothing. */
export const quiet: Progress = { step: () => ({ note() {}, raw() {}, done() {}, failed() {} }) };

/** Progress that writes where it is told. */
export function createProgress(options: ProgressOptions): Progress {
  return {
    step(title, expectedSeconds) {
      const started = Date.now();
      const elapsed = () => (Date.now() - started) / 1000;
      let note = "";
      const line = () => visible(`${title}${note && `: ${note}`} (${timing(elapsed(), expectedSeconds)})`);
      const show = () =>
        options.write(options.terminal ? `\r\x1b[2K${line().slice(0, (options.columns ?? 80) - 1)}` : `${line()}\n`);
      if (!options.terminal)
        options.write(
          `${visible(title)}${expectedSeconds === undefined ? "" : ` (about ${duration(expectedSeconds)})`}\n`,
        );
      const timer = setInterval(show, options.terminal ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS);
      timer.unref();
      const end = (text: string) => {
        clearInterval(timer);
        options.write(`${options.terminal ? "\r\x1b[2K" : ""}${visible(text)}\n`);
      };
      return {
        note: (text) => void (note = text),
        raw: (text) => void (options.verbose && options.write(`  ${visible(text)}\n`)),
        done: (result) => end(`${title}: ${result ?? "done"} (${duration(elapsed())})`),
        failed: () => end(`${title}: failed after ${duration(elapsed())}`),
      };
    },
  };
}

function timing(elapsed: number, expected: number | undefined): string {
  if (expected === undefined) return duration(elapsed);
  const left = expected - elapsed;
  return left > 0
    ? `${duration(elapsed)}, about ${duration(left)} left`
    : `${duration(elapsed)}, longer than the usual ${duration(expected)}`;
}

/** Seconds as people say them: `8 s`, `2 min 05 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
