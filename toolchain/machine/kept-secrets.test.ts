import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { forgetSecret, keepSecret, keptSecrets } from "./kept-secrets.ts";

describe("secrets that somebody wrote on this machine", function () {
  this.timeout(30_000);
  const before = process.env["XDG_STATE_HOME"];
  let secrets = "";
  beforeEach(() => {
    process.env["XDG_STATE_HOME"] = mkdtempSync(join(tmpdir(), "slipway-secrets-"));
    secrets = join(process.env["XDG_STATE_HOME"], "slipway/secrets");
  });
  afterEach(() => {
    rmSync(process.env["XDG_STATE_HOME"] ?? "", { recursive: true });
    if (before === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = before;
  });

  it("are kept for each stack, until they are forgotten", async () => {
    await keepSecret("dev", "shop/key", "first");
    await keepSecret("dev", "shop/key", "second");
    await keepSecret("dev", "shop/other", "third");
    assert.deepEqual(keptSecrets("dev"), { "shop/key": "second", "shop/other": "third" });
    assert.deepEqual(keptSecrets("prod"), {});
    assert.equal(await forgetSecret("dev", "shop/key"), true);
    assert.equal(await forgetSecret("dev", "shop/key"), false);
    assert.deepEqual(keptSecrets("dev"), { "shop/other": "third" });
  });

  it("can be read by their owner alone, whoever made the folder and the file before", async () => {
    mkdirSync(secrets, { recursive: true, mode: 0o755 });
    writeFileSync(join(secrets, "dev.json"), "{}", { mode: 0o644 });
    chmodSync(join(secrets, "dev.json"), 0o644);
    await keepSecret("dev", "shop/key", "value");
    assert.equal(statSync(secrets).mode & 0o777, 0o700);
    assert.equal(statSync(join(secrets, "dev.json")).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(secrets), ["dev.json"]);
  });

  it("are all there after several commands have written at once", async () => {
    const module = JSON.stringify(join(import.meta.dirname, "kept-secrets.ts"));
    const keep = (name: string) =>
      promisify(execFile)(process.execPath, [
        "--input-type=module",
        "--eval",
        `const { keepSecret } = await import(${module}); await keepSecret("dev", "shop/${name}", "value");`,
      ]);
    const names = ["a", "b", "c", "d"];
    await Promise.all(names.map(keep));
    assert.deepEqual(
      Object.keys(keptSecrets("dev")).toSorted(),
      names.map((name) => `shop/${name}`),
    );
  });

  it("are in no error, whatever has become of their file", () => {
    mkdirSync(secrets, { recursive: true });
    for (const text of ['{"shop/key": "hush', '["hush"]', '{"shop/key": {"hush": 1}}']) {
      writeFileSync(join(secrets, "dev.json"), text);
      assert.throws(
        () => keptSecrets("dev"),
        ({ message }: Error) =>
          /dev\.json is no list of secrets any more\nNext: /.test(message) && !message.includes("hush"),
      );
    }
  });
});
