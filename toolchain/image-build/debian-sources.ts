import { findProgram } from "../machine/machine.ts";
import { privateApt } from "../tools/sources/private-apt.ts";
import { runProgram } from "../machine/run-program.ts";

/** Where this machine gets a Debian release and its updates from, as lines of sources.list. None where it runs another distribution. */
export async function debianSources(suite: string): Promise<string[]> {
  if (!findProgram("apt-get")) return [];
  const apt = await privateApt();
  const targets = () =>
    runProgram("apt-get", [
      ...apt,
      "indextargets",
      "--format",
      "deb $(REPO_URI) $(RELEASE) $(COMPONENT)",
      "Created-By: Packages",
    ]);
  const known = await targets();
  if (known.trim() !== "") return sourcesOf(known, suite);
  await runProgram("apt-get", [...apt, "-q", "update"]); // apt names no source before it has read it once
  return sourcesOf(await targets(), suite);
}

/** The lines that belong to the release, each once. */
export function sourcesOf(targets: string, suite: string): string[] {
  const lines = targets
    .split("\n")
    .filter((line) =>
      [suite, `${suite}-updates`, `${suite}-security`].some((release) => line.endsWith(` ${release} main`)),
    );
  return [...new Set(lines)];
}
