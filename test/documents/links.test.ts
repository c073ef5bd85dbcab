import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { projectFolder } from "../../cli/project/project-folder.ts";
import { documents, textOf } from "./commands.ts";

/** Longest line of prose: one thought, as a difference shows it. */
const LONGEST = 300;

/** The anchor that GitHub gives a heading. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");

/** Anchors of a page's headings, of one depth or of all. */
function anchorsOf(file: string, depth = "#+"): string[] {
  const text = textOf(file).replaceAll(/^ *```[^]*?^ *```/gm, "");
  return [...text.matchAll(new RegExp(`^${depth} (.+)$`, "gm"))].map(([, title = ""]) => anchorOf(title));
}

/** Links of a page within the repository: the page they lead to, and the heading. */
function linksIn(file: string): (readonly [page: string, anchor: string])[] {
  return [...textOf(file).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
    ([, path = "", anchor = ""]) => [path === "" ? file : normalize(join(dirname(file), path)), anchor],
  );
}

describe("the documents", () => {
  it("link pages and headings that there are", () => {
    const broken = documents.flatMap((file) =>
      linksIn(file)
        .filter(
          ([page, anchor]) =>
            !existsSync(join(projectFolder, page)) ||
            (anchor !== "" && page.endsWith(".md") && !anchorsOf(page).includes(anchor)),
        )
        .map(([page, anchor]) => `${file}: ${page}#${anchor}`),
    );
    assert.deepEqual(broken, []);
  });

  for (const file of ["docs/aws.md", "docs/aws-later.md"])
    it(`lead through production by a list of contents, in lines that a difference can show: ${file}`, () => {
      const headings = anchorsOf(file, "##");
      const contents = linksIn(file).filter(([page]) => page === file);
      assert.deepEqual(
        contents.slice(0, headings.length).map(([, anchor]) => anchor),
        headings,
      );
      const long = textOf(file)
        .split("\n")
        .filter((line) => line.length > LONGEST && !line.startsWith("|"));
      assert.deepEqual(long, []);
    });
});
