import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const project = new URL("..", import.meta.url).pathname;

/** Copies the project as a clone would hold it, with the packages installed here. Answers the folder; the caller removes it. */
export function copyProject(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `slipway-${purpose}-`));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"], {
    cwd: project,
    encoding: "utf8",
  })
    .trim()
    .split("\n");
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(project, file), join(folder, file));
  }
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  return folder;
}
