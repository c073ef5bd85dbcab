import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { engineLocks } from "./engine-lock.ts";

describe("locks of the engine", () => {
  const before = process.env["XDG_STATE_HOME"];
  let folder: string;

  beforeEach(() => {
    process.env["XDG_STATE_HOME"] = folder = mkdtempSync(join(tmpdir(), "slipway-lock-"));
  });
  afterEach(() => {
    if (before === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = before;
    rmSync(folder, { recursive: true });
  });

  const lock = (host: string) => {
    const locks = join(folder, "slipway/pulumi/.pulumi/locks/organization/shop/dev");
    mkdirSync(locks, { recursive: true });
    writeFileSync(
      join(locks, "a.json"),
      JSON.stringify({ pid: process.pid, username: "root", hostname: host, timestamp: "2026-01-01T00:00:00Z" }),
    );
  };

  it("are none where no engine ever worked", () => assert.deepEqual(engineLocks("shop", "dev"), []));

  it("are dead when their process id belongs to a program that is no engine", () => {
    lock(hostname());
    assert.deepEqual(engineLocks("shop", "dev"), [{ pid: process.pid, host: hostname(), holder: "is gone" }]);
  });

  it("are not judged when they come from another machine, which nobody here can look into", () => {
    lock("elsewhere");
    assert.deepEqual(engineLocks("shop", "dev"), [{ pid: process.pid, host: "elsewhere", holder: "is elsewhere" }]);
  });
});
