import assert from "node:assert/strict";
import { createProgress, duration } from "./progress.ts";

describe("progress", () => {
  const record = (terminal: boolean, verbose = false) => {
    const texts: string[] = [];
    return {
      texts,
      progress: createProgress({ write: (text) => void texts.push(text), terminal, verbose, columns: 80 }),
    };
  };

  it("is plain lines with the expected time where there is no terminal", () => {
    const { texts, progress } = record(false);
    const step = progress.step("kubernetes 1.34.2", 300);
    step.raw("a line of the compiler");
    step.done();
    assert.deepEqual(texts, ["kubernetes 1.34.2 (about 5 min 00 s)\n", "kubernetes 1.34.2: done (0 s)\n"]);
  });

  it("shows raw output when asked", () => {
    const { texts, progress } = record(false, true);
    progress.step("x").raw("a line of the compiler");
    assert.ok(texts.includes("  a line of the compiler\n"));
  });

  it("clears its line on a terminal", () => {
    const { texts, progress } = record(true);
    progress.step("x").failed();
    assert.deepEqual(texts, ["\r\x1b[2Kx: failed after 0 s\n"]);
  });

  it("says times as people do", () => {
    assert.deepEqual([7.6, 65, 600].map(duration), ["8 s", "1 min 05 s", "10 min 00 s"]);
  });
});
