import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";

/** A text file of a program. */
export interface SourceFile {
  /** From the folder of the program. */
  readonly path: string;
  readonly text: string;
}

/** What is made, brought or only for tests says nothing about the program. */
const PASSED_OVER =
  /^(\..*|node_modules|vendor|target|build|dist|bin|obj|out|venv|__pycache__|tests?|__tests__|androidTest)$/;
const CODE = [".py", ".go", ".java", ".kt", ".cs", ".js", ".mjs", ".cjs", ".ts", ".rb", ".rs", ".php", ".proto"];
const SETTINGS = [".properties", ".yml", ".yaml", ".toml", ".gradle", ".kts", ".csproj", ".fsproj"];
const NAMED = ["pom.xml", "go.mod", "package.json", "requirements.txt", "Pipfile", "Cargo.toml", "Gemfile"];
/** A folder that holds more is read no further: this is a first look, not a search. */
const MOST = { files: 2000, bytes: 256 * 1024 };

/** The sources and settings of a program, the nearest first. */
export function sourceFiles(folder: string): SourceFile[] {
  const files: SourceFile[] = [];
  const folders = [folder];
  for (let at = folders.shift(); at !== undefined && files.length < MOST.files; at = folders.shift()) {
    for (const entry of readdirSync(at, { withFileTypes: true }).toSorted((a, b) => a.name.localeCompare(b.name))) {
      const path = join(at, entry.name);
      if (entry.isDirectory() && !PASSED_OVER.test(entry.name)) folders.push(path);
      if (entry.isFile() && says(entry.name) && statSync(path).size <= MOST.bytes)
        files.push({ path: relative(folder, path), text: readFileSync(path, "utf8") });
    }
  }
  return files;
}

/** True for what a program is written in, and not for its tests. */
function says(name: string): boolean {
  if (/(^test_|[._-]test\.|[._-]spec\.|Tests?\.(java|kt|cs)$)/.test(name)) return false;
  return NAMED.includes(basename(name)) || [...CODE, ...SETTINGS].includes(extname(name));
}

/** The first file in which something stands, with what stands there. */
export function firstMatch(
  files: readonly SourceFile[],
  pattern: RegExp,
): { readonly path: string; readonly match: RegExpExecArray } | undefined {
  for (const { path, text } of files) {
    const match = pattern.exec(text);
    if (match) return { path, match };
  }
  return undefined;
}
