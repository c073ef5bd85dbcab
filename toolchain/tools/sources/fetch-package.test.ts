import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TOOLCHAIN_FOLDER } from "../../machine/machine.ts";
import { checkJars } from "./fetch-package.ts";

describe("the jars of a pom", () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "slipway-jars-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const sum = (text: string) => createHash("sha256").update(text).digest("hex");
  const list = `${sum("a")}  a.jar\n${sum("b")}  b-1.0.jar\n`;

  it("are taken when each is what it was when its version was chosen", async () => {
    writeFileSync(join(folder, "a.jar"), "a");
    writeFileSync(join(folder, "b-1.0.jar"), "b");
    await checkJars(folder, list);
  });

  it("are refused when one was swapped", async () => {
    writeFileSync(join(folder, "a.jar"), "a");
    writeFileSync(join(folder, "b-1.0.jar"), "somebody else's");
    await assert.rejects(checkJars(folder, list), /b-1\.0\.jar: SHA-256 is .*, wanted is/);
    assert.ok(!existsSync(join(folder, "b-1.0.jar")));
  });

  it("are refused when one comes that nobody listed, or one is missing, with all of them named", async () => {
    writeFileSync(join(folder, "a.jar"), "a");
    writeFileSync(join(folder, "c.jar"), "c");
    await assert.rejects(
      checkJars(folder, list),
      /c\.jar came and is not listed; b-1\.0\.jar is listed and did not come/,
    );
  });

  it("are listed with their sums for the broker", () => {
    const lines = readFileSync(join(TOOLCHAIN_FOLDER, "maven/kafka/sums"), "utf8").trimEnd().split("\n");
    assert.ok(lines.length > 50);
    for (const line of lines) assert.match(line, /^[0-9a-f]{64} {2}[\w.-]+\.jar$/);
  });
});
