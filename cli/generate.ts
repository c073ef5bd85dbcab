import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineCommand } from "citty";
import { assertValid } from "../model/check.ts";
import { systems } from "../systems/index.ts";
import type { GeneratedFile } from "./pages/generated-file.ts";
import { projectFolder } from "./project/project-folder.ts";
import { say } from "./terminal/say.ts";

/** Writes every generated file of the repository, or with --check says which ones are out of date. */
export const generate = defineCommand({
  meta: { name: "generate", description: "Write the files that are printed from the code" },
  args: { check: { type: "boolean", description: "Change nothing; exit 1 when a file is out of date" } },
  async run({ args }) {
    const stale = (await generatedFiles()).filter(({ path, content }) => read(path) !== content);
    if (!args.check) stale.forEach(write);
    for (const { path } of stale) say(`${args.check ? "out of date" : "wrote"}: ${path}`);
    if (args.check && stale.length > 0) {
      say("Run `npm run generate` and commit the result.");
      process.exitCode = 1;
    }
  },
});

/** Every generated file with what it should hold. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  assertValid(...systems);
  const [{ defaultsPage }, { systemPages }, { runbookPages }, { goldenFiles }, { policyPages }] = await Promise.all([
    import("./pages/defaults.ts"),
    import("./pages/systems.ts"),
    import("./pages/runbooks.ts"),
    import("./pages/goldens.ts"),
    import("../policies/documentation/docs.ts"),
  ]);
  return [defaultsPage(), ...systemPages(), ...runbookPages(), ...policyPages(), ...(await goldenFiles())];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(join(projectFolder, path), "utf8");
  } catch {
    return undefined; // not written yet
  }
}

function write({ path, content }: GeneratedFile): void {
  const file = join(projectFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
