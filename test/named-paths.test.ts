import assert from "node:assert/strict";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFolder } from "../cli/project/project-folder.ts";

const found = (pattern: string): string[] => globSync(pattern, { cwd: projectFolder }).toSorted();
const workflows = found(".github/{workflows,actions/*}/*.yml");
const documents = found("{*.md,bench/*.md,docs/**/*.md}");
const topFolders = readdirSync(projectFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["node_modules", ".slipway"].includes(entry.name))
  .map(({ name }) => name.replaceAll(".", "\\."));
/** A word that begins with a folder of the repository, not with one that a run leaves there. */
const PATH = new RegExp(String.raw`(?<![\w./<>-])(?:\./)?((?:${topFolders.join("|")})/[\w./*$-]*[\w*])`, "g");

/** Paths and globs of the repository in a text; a shell variable in one stands for any name. */
function pathsIn(text: string): string[] {
  const told = [...text.matchAll(PATH)].map(([, path = ""]) => path);
  const hashed = [...text.matchAll(/hashFiles\(([^)]*)\)/g)].flatMap(([, list = ""]) =>
    [...list.matchAll(/'([^']+)'/g)].map(([, path = ""]) => path),
  );
  return [...new Set([...told, ...hashed])].map((path) => path.replaceAll(/\$[a-z_]+/gi, "*"));
}

/** Those that lead nowhere, neither from the project's folder nor, as links do, from the file's own. */
function missingIn(file: string): string[] {
  return pathsIn(readFileSync(join(projectFolder, file), "utf8")).filter(
    (path) => found(path).length === 0 && found(join(dirname(file), path)).length === 0,
  );
}

describe("the paths that workflows and documents name", () => {
  it("are found in every form in which they are written", () => {
    const text = [
      "uses: ./.github/actions/prepare",
      "hashFiles('package-lock.json', 'toolchain/go/**')",
      'node cli/bin.mjs preview --against "test/recorded-plan/$stack.json" > ../test/elsewhere.json',
      "[why](docs/security.md), as `model/stage.ts` says. In `systems/<name>/system.ts`, not in cli/.",
    ].join("\n");
    assert.deepEqual(pathsIn(text).toSorted(), [
      ".github/actions/prepare",
      "cli/bin.mjs",
      "docs/security.md",
      "model/stage.ts",
      "package-lock.json",
      "test/recorded-plan/*.json",
      "toolchain/go/**",
    ]);
  });

  for (const file of workflows) it(`are there: ${file}`, () => assert.deepEqual(missingIn(file), []));

  it("are there in every document", () => {
    assert.ok(documents.length > 30);
    const missing = documents.flatMap((file) => missingIn(file).map((path) => `${file}: ${path}`));
    assert.deepEqual(missing, []);
  });
});
