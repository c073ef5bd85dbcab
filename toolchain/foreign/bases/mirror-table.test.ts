import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { baseName, type BaseName } from "./base-name.ts";
import { mirrored, readMirrorTable } from "./mirror-table.ts";

describe("the table of a machine's own base images", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-bases-"));
    file = join(folder, ".slipway/bases.yaml");
    mkdirSync(join(folder, ".slipway"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const name = baseName("python:3.12") as BaseName;

  it("is empty where there is no such file", () => assert.deepEqual(readMirrorTable(file), {}));

  it("may name a layout on this disk, from the project's folder on", () => {
    const digest = `sha256:${"1".repeat(64)}`;
    mkdirSync(join(folder, "python"));
    writeFileSync(join(folder, "python/index.json"), JSON.stringify({ manifests: [{ digest }] }));
    writeFileSync(file, "docker.io/library/python:3.12: oci-layout:python\n");
    assert.deepEqual(mirrored(readMirrorTable(file), name), { kind: "layout", folder: join(folder, "python"), digest });
  });

  it("says what a folder is that holds no image, or several", () => {
    writeFileSync(file, "docker.io/library/python:3.12: oci-layout:nowhere\n");
    assert.throws(() => mirrored(readMirrorTable(file), name), /nowhere is no OCI layout/);
    mkdirSync(join(folder, "nowhere"));
    writeFileSync(join(folder, "nowhere/index.json"), JSON.stringify({ manifests: [{}, {}] }));
    assert.throws(() => mirrored(readMirrorTable(file), name), /holds 2 images, wanted is one/);
  });

  it("tells all that is wrong with it at once", () => {
    writeFileSync(
      file,
      "python:3.12: oci-layout:x\ndocker.io/: mirror\nghcr.io/a/b:1: 'no name'\nquay.io/a/b:1: [x]\n",
    );
    assert.throws(
      () => readMirrorTable(file),
      (error: Error) => {
        for (const part of [
          "write docker.io/library/python:3.12",
          'does not end in "/"',
          'neither "oci-layout:FOLDER"',
          "is no text",
        ])
          assert.ok(error.message.includes(part), part);
        return true;
      },
    );
    writeFileSync(file, "- a\n");
    assert.throws(() => readMirrorTable(file), /no list of names/);
  });
});
