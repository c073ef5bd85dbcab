import assert from "node:assert/strict";
import { runProgram } from "./run-program.ts";

describe("a program that is run", () => {
  const held = { AWS_SECRET_ACCESS_KEY: "s3cret", PULUMI_CONFIG_PASSPHRASE: "s3cret", PULUMI_ACCESS_TOKEN: "s3cret" };

  it("gets none of the shell's credentials, but everything else", async () => {
    const before = { ...process.env };
    Object.assign(process.env, held, { HTTPS_PROXY: "http://proxy" });
    try {
      const environment = await runProgram("env", []);
      assert.doesNotMatch(environment, /s3cret/);
      assert.match(environment, /^HTTPS_PROXY=http:\/\/proxy$/m);
    } finally {
      process.env = before;
    }
  });

  it("tells by its last lines why it failed", async () => {
    await assert.rejects(runProgram("sh", ["-c", "echo why; exit 3"]), /sh -c .* ended with 3:\n {2}why$/);
  });
});
