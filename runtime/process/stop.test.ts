import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

const run = (end: string) =>
  spawnSync(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { createLog } from ${JSON.stringify(new URL("./log.ts", import.meta.url))};
       import { endOnUncaught, stopGracefully } from ${JSON.stringify(new URL("./stop.ts", import.meta.url))};
       const log = createLog({ service: "test", version: "0", logLevel: "info" });
       const error = Object.assign(new Error("Duplicate entry 'hush'"), { sql: "IDENTIFIED BY 'hush'" });
       const steps = { leave() {}, drain: async () => log.info("drained"), finish: async () => undefined };
       endOnUncaught(log);
       ${end}`,
    ],
    { encoding: "utf8" },
  );

describe("a process that meets an error which nobody caught", () => {
  const ends: readonly [how: string, program: string][] = [
    ["an exception", "setTimeout(() => { throw error; });"],
    ["a promise", "Promise.reject(error); setTimeout(() => undefined, 1000);"],
    ["a promise, while it serves", "stopGracefully(5, log, steps); Promise.reject(error);"],
  ];
  for (const [how, program] of ends)
    it(`ends with 1 and says so without any value: ${how}`, () => {
      const { status, stdout, stderr } = run(program);
      assert.deepEqual([status, stderr], [1, ""]);
      assert.match(stdout, /"message":"Duplicate entry '…'".*"msg":"uncaught error"/);
      assert.doesNotMatch(stdout, /hush/);
      assert.equal(stdout.includes("drained"), how.includes("serves"));
    });
});
