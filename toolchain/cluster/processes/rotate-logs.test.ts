import assert from "node:assert/strict";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rotateLogs } from "./rotate-logs.ts";

describe("rotating logs", () => {
  it("empties a large log under its writer, which goes on at the beginning", () => {
    const folder = mkdtempSync(join(tmpdir(), "slipway-logs-"));
    const [large, small] = [join(folder, "a.log"), join(folder, "b.log")];
    const writer = openSync(large, "a");
    truncateSync(large, 21 * 1024 * 1024);
    writeFileSync(small, "short");
    rotateLogs(folder);
    writeSync(writer, "next");
    closeSync(writer);
    assert.equal(readFileSync(large, "utf8"), "next");
    assert.equal(statSync(`${large}.1`).size, 21 * 1024 * 1024);
    assert.equal(readFileSync(small, "utf8"), "short");
    rmSync(folder, { recursive: true });
  });
});
