import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BadInput, DatabasesFile, readDeclaration, TopicsFile } from "./job-files.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-job-"));
const file = (value: unknown) => {
  const path = join(folder, "file.json");
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
};

describe("declaration files of the jobs", () => {
  after(() => rmSync(folder, { recursive: true }));

  it("are read when they fit", () => {
    const topics = [{ name: "shop.order", partitions: 3, replicas: 1, configs: {} }];
    assert.deepEqual(readDeclaration(file({ topics }), TopicsFile).topics, topics);
  });

  it("are refused with the place of every fault", () => {
    const bad = file({
      engine: "postgres",
      databases: [{ name: "or`der", extensions: [], users: [{ name: "order", may: "drop", passwordEnv: "x" }] }],
    });
    assert.throws(
      () => readDeclaration(bad, DatabasesFile),
      (error: unknown) =>
        error instanceof BadInput &&
        /databases\/0\/name/.test(error.message) &&
        /databases\/0\/users\/0\/may/.test(error.message) &&
        /databases\/0\/users\/0\/passwordEnv/.test(error.message),
    );
  });

  it("are refused when they are no JSON or not there", () => {
    assert.throws(() => readDeclaration(file("{"), TopicsFile), BadInput);
    assert.throws(() => readDeclaration("/nowhere.json", TopicsFile), BadInput);
    assert.throws(
      () => readDeclaration(file("PASSWORD=hush"), TopicsFile), // a Secret that was mounted in its place
      (error: unknown) => error instanceof BadInput && !error.message.includes("hush"),
    );
  });
});
