import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ignoredBy, ignoredOf } from "./ignored.ts";

describe("what .dockerignore leaves out", () => {
  const left = (text: string, ...paths: string[]) => paths.filter((path) => ignoredBy(text).ignores(path));

  it("is what Docker leaves out: folders with what is in them, wildcards, and what is taken in again", () => {
    assert.deepEqual(
      left(
        "node_modules\n*.log\n**/*.tmp\n# *.ts\n/build/",
        "node_modules/a/b.js",
        "a.log",
        "x/a.log",
        "x/y.tmp",
        "a.ts",
        "build/x",
      ),
      ["node_modules/a/b.js", "a.log", "x/y.tmp", "build/x"],
    );
    assert.deepEqual(left("*\n!src\n!package.json", "src/a.ts", "package.json", "README.md"), ["README.md"]);
    assert.deepEqual(left("*.md\n!README.md\nREADME.md", "README.md"), ["README.md"]);
  });

  it("tells capital letters apart, as Linux does", () => {
    assert.deepEqual(left("Build", "build/x", "Build/x"), ["Build/x"]);
  });

  it("says of which folders nothing can be taken in again, so that they are not walked through", () => {
    const { mayHold } = ignoredBy("*\n!docs/api/*.md\n!src");
    assert.deepEqual(
      ["docs", "docs/api", "docs/other", "src", "node_modules"].filter((folder) => mayHold(folder)),
      ["docs", "docs/api", "src"],
    );
    assert.equal(ignoredBy("*\n!**/*.md").mayHold("node_modules"), true);
  });

  it("stands beside its Dockerfile first, then in the context", () => {
    const folder = mkdtempSync(join(tmpdir(), "slipway-ignored-"));
    try {
      mkdirSync(join(folder, "docker"));
      writeFileSync(join(folder, ".dockerignore"), "a");
      writeFileSync(join(folder, "docker/Dockerfile.dockerignore"), "b");
      assert.equal(ignoredOf(folder, join(folder, "Dockerfile")).ignores("a"), true);
      assert.equal(ignoredOf(folder, join(folder, "docker/Dockerfile")).ignores("a"), false);
      assert.equal(ignoredOf(folder, join(folder, "docker/Dockerfile")).ignores("b"), true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
