import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeIfEmpty } from "./remove-if-empty.ts";
import { skip } from "../../test/skip.ts";

describe("a folder that may be others' too", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-folder-"));
  const shared = join(folder, "shared");
  beforeEach(() => mkdirSync(shared, { recursive: true }));
  after(() => rmSync(folder, { recursive: true }));

  it("goes when nothing is in it, and may be gone already", () => {
    removeIfEmpty(shared);
    removeIfEmpty(shared);
    assert.ok(!existsSync(shared));
  });

  it("stays when something is in it", () => {
    writeFileSync(join(shared, "theirs"), "");
    removeIfEmpty(shared);
    assert.ok(existsSync(join(shared, "theirs")));
  });

  it("stays when somebody has mounted something there, as `ip netns add` does", function () {
    if (process.getuid?.() !== 0) return skip(this, "only root can mount something");
    execFileSync("mount", ["--bind", shared, shared]);
    try {
      removeIfEmpty(shared);
      assert.ok(existsSync(shared));
    } finally {
      execFileSync("umount", [shared]);
    }
  });
});
