import Mocha from "mocha";
import { visibleLines } from "../model/harmless/visible.ts";
import { closingLine, type Counts } from "./closing-line.ts";

/** What a failure says at once, so that a run that is cut short has told it too. */
const MESSAGE_CHARACTERS = 3000;

/** Mocha's own report, each failure when it happens, and the closing line; `slipway test` gets the counts instead, because it adds up those of several runs. */
export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const say = (test: Mocha.Test, error: Error) =>
      console.log(visibleLines(`${test.fullTitle()}:\n${String(error.message).slice(0, MESSAGE_CHARACTERS)}`));
    runner.on("fail", say);
    runner.on("retry", say);
    // What a suite has made is taken away by its own hooks, which run when the test under way has ended.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => runner.abort());
  }

  override done = (failures: number, finish?: (failures: number) => void): void => {
    const counts: Counts = { passed: this.stats.passes, failed: this.stats.failures, skipped: this.stats.pending };
    if (process.send) process.send(counts);
    else console.log(closingLine(counts));
    finish?.(failures);
  };
}
