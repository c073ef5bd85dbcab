import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineFolders } from "./pulumi-environment.ts";
import { opens, passphraseFile, requireRightPassphrase } from "./passphrase.ts";

/** A salt line the engine wrote for the passphrase "correct". */
const SALT = "v1:YqOe5sVsbYg=:v1:SOZQNG4lLs38jE0e:r/vypS/iqs1+27tgIjg0fcIQ0wafvA==";

describe("the passphrase", function () {
  this.timeout(30_000); // the key is slow to derive on purpose
  const before = process.env["XDG_STATE_HOME"];
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-state-"));
    process.env["XDG_STATE_HOME"] = folder;
  });
  afterEach(() => {
    if (before === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = before;
    rmSync(folder, { recursive: true });
  });

  it("is made once, is long, and only its owner may read it", () => {
    const file = passphraseFile();
    const text = readFileSync(file, "utf8");
    assert.ok(text.length >= 40);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(readFileSync(passphraseFile(), "utf8"), text);
  });

  it("lies with the engine's state and the stacks where nobody else may look, whoever made the folder before", () => {
    const state = join(folder, "slipway");
    mkdirSync(state, { mode: 0o755 });
    passphraseFile();
    const { home, backend } = engineFolders();
    for (const each of [state, home, backend]) assert.equal(statSync(each).mode & 0o777, 0o700, each);
  });

  it("is not made anew where stacks exist that need the lost one", () => {
    const stacks = join(folder, "slipway", "pulumi", ".pulumi", "stacks", "slipway");
    mkdirSync(stacks, { recursive: true });
    writeFileSync(join(stacks, "dev.json"), "{}");
    assert.throws(
      () => passphraseFile(),
      /passphrase is gone, and the stacks in .* are encrypted with it\nNext: put the file back/,
    );
  });

  it("is told right from wrong as the engine does", async () => {
    assert.equal(await opens("correct", SALT), true);
    assert.equal(await opens("wrong", SALT), false);
  });

  it("that is wrong is refused with the stack's file and a way out", async () => {
    const file = join(folder, "Pulumi.dev.yaml");
    writeFileSync(file, `encryptionsalt: ${SALT}\n`);
    await assert.rejects(
      requireRightPassphrase(file, { PULUMI_CONFIG_PASSPHRASE: "wrong" }),
      /^ToolError: \S+Pulumi\.dev\.yaml: the passphrase in PULUMI_CONFIG_PASSPHRASE is not the one this stack was made with\nNext: give the right one/,
    );
    await requireRightPassphrase(file, { PULUMI_CONFIG_PASSPHRASE: "correct" });
  });

  it("need not open a stack that has no salt yet", async () => {
    writeFileSync(join(folder, "Pulumi.dev.yaml"), "config: {}\n");
    await requireRightPassphrase(join(folder, "Pulumi.dev.yaml"), { PULUMI_CONFIG_PASSPHRASE: "wrong" });
  });
});
