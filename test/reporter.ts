import Mocha from "mocha";

/** What a failure says at once, so that a run that is cut short has told it too. */
const MESSAGE_CHARACTERS = 3000;

/** Mocha's own report, each failure when it happens, and one closing line that machines can read. */
export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const say = (test: Mocha.Test, error: Error) => console.log(`${test.fullTitle()}:\n${String(error.message).slice(0, MESSAGE_CHARACTERS)}`);
    runner.on("fail", say);
    runner.on("retry", say);
  }

  override done = (failures: number, finish?: (failures: number) => void): void => {
    const { passes, pending, failures: failed } = this.stats;
    console.log(`${passes} passed, ${failed} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
    finish?.(failures);
  };
}
