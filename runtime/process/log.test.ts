import assert from "node:assert/strict";
import { createLog } from "./log.ts";

/** Logs once and gives the line. */
function lineOf(say: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  say(createLog({ service: "order", version: "v1", logLevel: "info" }, { write: (line) => lines.push(line) }));
  assert.equal(lines.length, 1);
  return lines[0] ?? "";
}
const entryOf = (say: (log: ReturnType<typeof createLog>) => void) =>
  JSON.parse(lineOf(say)) as Record<string, unknown>;

/** An error as the database driver makes it: the statement with its values hangs on it, and its message quotes one. */
function driverError(): Error {
  const message = "Duplicate entry 'hush-1 O'Hush' for key 'telephone'";
  return Object.assign(new Error(message), {
    code: "ER_DUP_ENTRY",
    errno: 1062,
    sqlState: "23000",
    sqlMessage: message,
    sql: "INSERT INTO orders VALUES ('hush-2')",
  });
}

describe("the log", () => {
  it("is JSON with UTC time, and shows neither secrets nor personal data at any of three depths", () => {
    const line = lineOf((log) =>
      log.info(
        {
          password: "hush-1",
          body: { telephone: "hush-2" },
          request: { headers: { authorization: "hush-3" } },
          orderId: "o1",
        },
        "said",
      ),
    );
    assert.doesNotMatch(line, /hush/);
    const entry = JSON.parse(line) as Record<string, unknown>;
    assert.deepEqual(
      [entry["service"], entry["version"], entry["level"], entry["msg"], entry["orderId"]],
      ["order", "v1", "info", "said", "o1"],
    );
    assert.match(String(entry["time"]), /Z$/);
  });

  it("says of an error what it was and where, and no value that hangs on it or stands in its message", () => {
    const { err } = entryOf((log) => log.warn({ err: driverError() }, "failed"));
    const { stack, ...rest } = err as Record<string, unknown>;
    assert.deepEqual(rest, {
      type: "Error",
      message: "Duplicate entry '…'",
      code: "ER_DUP_ENTRY",
      errno: 1062,
      sqlState: "23000",
    });
    assert.match(String(stack), /^at driverError \(.*log\.test\.ts:\d+:\d+\)\nat /);
    assert.doesNotMatch(String(stack), /hush/i);
  });

  const ways: readonly [where: string, say: (log: ReturnType<typeof createLog>) => void][] = [
    ["alone", (log) => log.error(driverError())],
    ["without words", (log) => log.error({ err: driverError() })],
    ["under another name", (log) => log.error({ reason: driverError(), list: [{ failure: driverError() }] }, "failed")],
    ["within the words", (log) => log.error("failed: %s %o", driverError(), driverError())],
    ["as a cause", (log) => log.error({ err: new Error("failed", { cause: driverError() }) }, "failed")],
    ["among several", (log) => log.error({ err: new AggregateError([driverError()], "failed") }, "failed")],
    ["that is none", (log) => log.error({ err: { sql: "hush", message: "hush" } }, "failed")],
    ["that is a text", (log) => log.error({ err: "no 'hush'" }, "failed")],
    ["of the broker", (log) => log.error({ err: Object.assign(new Error("no"), { authData: "hush" }) }, "failed")],
    [
      "about JSON that is none",
      (log) => {
        try {
          JSON.parse('{"password":hush}');
        } catch (error) {
          log.error({ err: error }, "failed");
        }
      },
    ],
    [
      "whose message changed after its stack was taken",
      (log) => {
        const error = new Error("first 'hush'\nhush");
        assert.match(String(error.stack), /hush/); // taken when it is first asked for
        error.message = "changed";
        log.error({ err: error }, "failed");
      },
    ],
  ];
  for (const [where, say] of ways)
    it(`keeps values out of an error ${where}`, () => {
      const line = lineOf(say);
      assert.doesNotMatch(line, /hush/i);
      assert.match(line, /failed|Duplicate entry '…'/);
    });

  const nested = (depth: number, inner: unknown, wrap: (value: unknown) => unknown): unknown =>
    depth === 0 ? inner : nested(depth - 1, wrap(inner), wrap);
  for (const [what, wrap] of [
    ["objects", (value: unknown) => ({ value })],
    ["lists", (value: unknown) => [value]],
  ] as const)
    it(`shows nothing of what lies too deep in ${what} to be looked at`, () => {
      const line = lineOf((log) => log.info({ deep: nested(8, driverError(), wrap) }, "said"));
      assert.doesNotMatch(line, /hush/i);
      assert.match(line, /\[too deep\]/);
    });

  it("shows a bounded part of an error, however it was made", () => {
    const endless = new AggregateError(Array<Error>(1000).fill(new Error("one of many")), "failed");
    endless.cause = endless;
    endless.stack = `AggregateError: failed\n${"    at work (file.ts:1:1)\n".repeat(1000)}`;
    Object.assign(endless, { code: "x".repeat(100_000), errno: { password: "hush" } });
    Object.defineProperty(endless.constructor, "name", { value: "y".repeat(100_000), configurable: true });
    try {
      const line = lineOf((log) => log.warn({ err: endless }, "failed"));
      assert.ok(line.length < 60_000, `${line.length}`);
      assert.doesNotMatch(line, /hush/);
    } finally {
      Object.defineProperty(endless.constructor, "name", { value: "AggregateError", configurable: true });
    }
  });

  it("takes no line of a message for a place in the program", () => {
    const { stack } = entryOf((log) => log.warn(new Error("failed\n    at nowhere (file.ts:1:1)")))["err"] as {
      stack: string;
    };
    assert.doesNotMatch(stack, /nowhere/);
  });

  it("cuts no message at an apostrophe, and a long one visibly", () => {
    const message = (text: string) =>
      (entryOf((log) => log.warn(new Error(text)))["err"] as Record<string, unknown>)["message"];
    assert.equal(message("Can't add new command: it's closed"), "Can't add new command: it's closed");
    assert.match(String(message("x".repeat(100_000))), /^x{499}…$/);
  });
});
