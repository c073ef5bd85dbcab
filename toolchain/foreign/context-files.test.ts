import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { skip, skipInQuickGate } from "../../test/skip.ts";
import { ImageStore } from "../image-build/image-store.ts";
import { cacheLock } from "../machine/cache-folders.ts";
import { withLock } from "../machine/lock.ts";
import { quiet } from "../machine/progress.ts";
import { buildForeign } from "./build-foreign.ts";
import { contextFiles } from "./context-files.ts";
import { ignoredOf } from "./dockerfile/ignored.ts";

const PATHS = [
  ...["README.md", "other.md", "a/other.md", "a/tmp/x", "tmp/x", "docs/one/x", "docs/keep/x", "docs/x", "abc", "ac"],
  ...[
    "b1",
    "d1",
    "sub/deep/x",
    "sub/a/b/deep",
    "sub/shallow",
    "Case/x",
    "case/x",
    "again/a/b/c",
    "again/a/d",
    "spaced",
  ],
];
const RULES = [
  ...["*.md", "!README.md", "**/tmp", "docs/*/x", "!docs/keep/x", "/a?c", "[b-c]1", "#d1", "sub/**/deep", "case"],
  ...["again", "!again/a/b", "  spaced  "],
];

describe("what a build sees of its context", function () {
  this.timeout(600_000); // BuildKit may have to be made first
  let folder: string;
  before(function () {
    skipInQuickGate(this, "BuildKit");
    if (process.geteuid?.() !== 0) skip(this, "it needs root");
    folder = mkdtempSync(join(tmpdir(), "slipway-context-"));
  });
  after(() => folder !== undefined && rmSync(folder, { recursive: true }));

  it("is exactly what its hash is of, by the rules of .dockerignore as the builder reads them", async () => {
    const context = join(folder, "context");
    for (const path of PATHS) {
      mkdirSync(dirname(join(context, path)), { recursive: true });
      writeFileSync(join(context, path), path);
    }
    writeFileSync(join(context, ".dockerignore"), RULES.join("\n"));
    writeFileSync(join(context, "Dockerfile"), "FROM scratch\nCOPY . /\n");
    const store = new ImageStore(join(folder, "store"));
    const build = () => buildForeign({ context }, "slipway.local/context/x:1", quiet, quiet.step(""), store);
    await withLock(cacheLock("images"), () => undefined, build);
    const layer = store.find("slipway.local/context/x:1")?.manifest.layers[0]?.digest ?? "";
    const built = execFileSync("tar", ["-tf", store.blob(layer)])
      .toString()
      .trim()
      .split("\n");
    const lines = contextFiles(context, ignoredOf(context, join(context, "Dockerfile")));
    const hashed = lines.map((line) => JSON.parse(/^"[^"]*"/.exec(line)?.[0] ?? "") as string);
    const only = (found: string[]) => found.filter((path) => PATHS.includes(path)).sort();
    assert.deepEqual(only(hashed), only(built));
    assert.ok(only(built).length > 8 && only(built).length < PATHS.length, "some are left out, some are not");
  });
});
