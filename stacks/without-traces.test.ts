import assert from "node:assert/strict";
import { withoutTraces } from "./without-traces.ts";

describe("the traces of a program", () => {
  let restore = () => {};
  beforeEach(() => void (restore = withoutTraces()));
  afterEach(() => restore());

  it("say what went wrong and where, by the file's path", () => {
    const { stack = "" } = new Error("no broker");
    assert.match(stack, new RegExp(`^Error: no broker\n    at \\S+ \\(${import.meta.filename}:\\d+:\\d+\\)$`, "m"));
    assert.doesNotMatch(stack, /file:|node:/);
  });

  it("tell the SDK, which asks for all of it, the places next to a declaration", () => {
    Error.stackTraceLimit = Number.POSITIVE_INFINITY;
    const depth = (calls: number): string | undefined => (calls === 0 ? new Error("deep").stack : depth(calls - 1));
    assert.equal(depth(30)?.split("\n").length, 1 + 8);
  });

  it("are as they were when the program is over", () => {
    restore();
    const { stack = "" } = new Error("no broker");
    assert.ok(stack.split("\n").length > 1 + 3);
  });
});
