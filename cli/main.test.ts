import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Prints every file that is loaded. */
const WATCHED = `data:text/javascript,${encodeURIComponent(
  'import { registerHooks } from "node:module"; registerHooks({ load(url, context, next) { console.error(url); return next(url, context); } });',
)}`;

describe("slipway --help", function () {
  this.timeout(30_000);

  it("loads neither the SDK of the engine nor what draws dashboards, which would double its time", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", WATCHED, join(import.meta.dirname, "main.ts"), "--help"],
      { encoding: "utf8" },
    );
    assert.deepEqual([status, /\bopen\b.*dashboards/.test(stdout)], [0, true], stderr);
    assert.match(stderr, /cli\/open\.ts/);
    assert.deepEqual(stderr.match(/node_modules\/(@pulumi\/pulumi|@grafana)\/.*/g) ?? [], []);
  });
});
