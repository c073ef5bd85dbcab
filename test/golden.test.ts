import assert from "node:assert/strict";
import { committedText, goldens, goldenText } from "./golden.ts";

describe("goldens", () => {
  for (const golden of goldens) {
    it(`show what ${golden.system.name} registers on ${golden.stage}`, async function () {
      this.timeout(20_000);
      const text = await goldenText(golden);
      assert.doesNotMatch(text, /password-of-/, "a secret's value would be visible");
      // Compared as a whole first: a diff of thousands of lines takes mocha minutes.
      if (text !== committedText(golden))
        assert.fail(
          `${golden.file} differs from what is registered now. Look at it with: npm run generate && git diff test/golden`,
        );
    });
  }
});
