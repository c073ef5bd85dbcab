import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lending, type Specification } from "./lend-trust.ts";
import { lendingRuntime } from "./lending-runtime.ts";

describe("certificates that a machine trusts by itself", () => {
  const lent = {
    files: { "trusted.crt": "/x/trusted.crt" },
    variables: { PIP_CERT: "/dev/slipway/trusted.crt", SSL_CERT_FILE: "/a" },
  };

  it("are lent to a step below /dev, so that they are in no layer, and never instead of what the step says itself", () => {
    const given = lending(
      { process: { env: ["PATH=/bin", "SSL_CERT_FILE=/own"] }, mounts: [{ destination: "/proc" }] },
      lent,
    );
    assert.deepEqual(given.process.env, ["PATH=/bin", "SSL_CERT_FILE=/own", "PIP_CERT=/dev/slipway/trusted.crt"]);
    assert.deepEqual(given.mounts?.at(-1), {
      destination: "/dev/slipway/trusted.crt",
      type: "bind",
      source: "/x/trusted.crt",
      options: ["bind", "ro"],
    });
  });

  it("are lent by the runtime when it starts a step, and only then", async () => {
    const folder = mkdtempSync(join(tmpdir(), "slipway-lending-"));
    try {
      const own = join(folder, "own");
      mkdirSync(own);
      const runc = join(folder, "runc");
      writeFileSync(runc, '#!/bin/sh\necho "$@"\n');
      chmodSync(runc, 0o755);
      assert.equal(await lendingRuntime(folder, runc, [own]), runc, "a machine without any needs nothing");
      writeFileSync(join(own, "company.crt"), "");
      const runtime = await lendingRuntime(folder, runc, [own]);
      if (runtime === runc) return; // this machine has no list of what it trusts
      const file = join(folder, "config.json");
      const env = () => (JSON.parse(readFileSync(file, "utf8")) as Specification).process.env;
      writeFileSync(file, JSON.stringify({ process: { env: [] } }));
      execFileSync(runtime, ["delete", "x"]);
      assert.deepEqual(env(), []);
      assert.equal(
        execFileSync(runtime, ["--log", "l", "run", "--bundle", folder, "x"]).toString(),
        `--log l run --bundle ${folder} x\n`,
      );
      assert.ok(env()?.includes("PIP_CERT=/dev/slipway/trusted.crt"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
