import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

const root = new URL("..", import.meta.url).pathname;

/** Runs one of the project's own tools; its whole output is the message when it fails. */
function passes(...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, `${stdout}${stderr}`);
}

describe("the repository", function () {
  this.timeout(180_000);

  // Other tests have the other processors: threads would only do much of the work twice.
  it("passes the type check", () => passes("node_modules/typescript-native/bin/tsc", "-p", ".", "--singleThreaded"));
  it("passes the formatter", () => passes("node_modules/@biomejs/biome/bin/biome", "format"));
  // No rule asks for types, so what a file of the same content was told before still holds.
  it("passes the linter", () =>
    passes(
      "node_modules/eslint/bin/eslint.js",
      "--cache",
      "--cache-strategy",
      "content",
      "--cache-location",
      "node_modules/.cache/slipway.eslintcache",
      ".",
    ));
  it("holds generated files that are up to date", () => passes("cli/main.ts", "generate", "--check"));
});
