import assert from "node:assert/strict";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../cli/project/project-folder.ts";

const files = globSync(".github/{workflows,actions/*}/*.yml", { cwd: projectFolder }).toSorted();
const topFolders = readdirSync(projectFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
  .map(({ name }) => name.replaceAll(".", "\\."));
/** A word that begins with a folder of the repository; what a run writes beside it is called otherwise. */
const PATH = new RegExp(String.raw`(?<![\w./-])(?:\./)?((?:${topFolders.join("|")})/[\w./*$-]+)`, "g");

/** Paths and globs of the repository in a workflow; a shell variable in one stands for any name. */
function pathsIn(text: string): string[] {
  const told = [...text.matchAll(PATH)].map(([, path = ""]) => path);
  const hashed = [...text.matchAll(/hashFiles\(([^)]*)\)/g)].flatMap(([, list = ""]) =>
    [...list.matchAll(/'([^']+)'/g)].map(([, path = ""]) => path),
  );
  return [...new Set([...told, ...hashed])].map((path) => path.replaceAll(/\$\w+/g, "*"));
}

describe("the paths that workflows name", () => {
  it("are found in every form in which they are written", () => {
    const text = [
      "uses: ./.github/actions/prepare",
      "hashFiles('package-lock.json', 'toolchain/go/**')",
      'node cli/bin.mjs preview --against "test/recorded-plan/$stack.json" > ../test/elsewhere.json',
    ].join("\n");
    assert.deepEqual(pathsIn(text).toSorted(), [
      ".github/actions/prepare",
      "cli/bin.mjs",
      "package-lock.json",
      "test/recorded-plan/*.json",
      "toolchain/go/**",
    ]);
  });

  for (const file of files) {
    it(`are there: ${file}`, () => {
      const missing = pathsIn(readFileSync(join(projectFolder, file), "utf8")).filter(
        (path) => globSync(path, { cwd: projectFolder }).length === 0,
      );
      assert.deepEqual(missing, []);
    });
  }
});
