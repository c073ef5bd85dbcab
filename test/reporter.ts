import Mocha from "mocha";

/** Mocha's own report, the reason of every skipped test, and one closing line that machines can read. */
export default class Reporter extends Mocha.reporters.Spec {
  override done = (failures: number, finish?: (failures: number) => void): void => {
    const { passes, pending, failures: failed } = this.stats;
    console.log(`${passes} passed, ${failed} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
    finish?.(failures);
  };
}
