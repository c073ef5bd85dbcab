import { relative } from "node:path";
import { goldens, goldenText } from "../../test/golden.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { projectFolder } from "../project/project-folder.ts";

/** What every system registers on every stage. One after the other: they share the engine's stand-in. */
export async function goldenFiles(): Promise<GeneratedFile[]> {
  const files: GeneratedFile[] = [];
  for (const golden of goldens)
    files.push({ path: relative(projectFolder, golden.file), content: await goldenText(golden) });
  return files;
}
