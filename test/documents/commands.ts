import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../cli/project/project-folder.ts";

/** A command of ours that a document tells people to type. */
export interface Told {
  readonly file: string;
  readonly args: readonly string[];
}

/** Written documents; those that are printed from code are no other. */
export const documents = globSync("{*.md,docs/**/*.md,bench/*.md}", { cwd: projectFolder }).toSorted();

/** Text of a document. */
export const textOf = (file: string): string => readFileSync(join(projectFolder, file), "utf8");

/** Blocks of code of one language, without what indents them. */
export function blocks(text: string, language: string): string[] {
  const fence = new RegExp(String.raw`^( *)\`\`\`${language}\n([^]*?)^ *\`\`\``, "gm");
  return [...text.matchAll(fence)].map(([, indent = "", code = ""]) =>
    code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );
}

/** Commands of ours in blocks and in running text, as far as a shell would read them as one. */
export function commandsIn(file: string): Told[] {
  const text = textOf(file);
  const lines = [
    ...blocks(text, "sh").join("\n").split("\n"),
    ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code),
  ];
  return lines.flatMap((line) =>
    [...line.matchAll(/(?:npx slipway|npm run new) ([^#;|&"()\\]+)/g)].map(([whole, words = ""]) => ({
      file,
      args: [...(whole.startsWith("npm") ? ["new"] : []), ...(words.match(/'[^']*'|\S+/g) ?? [])],
    })),
  );
}
