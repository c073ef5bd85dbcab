import type { Progress } from "../../machine/progress.ts";
import type { ToolSet } from "../../tools/catalogue/recipe.ts";
import { provide } from "../../tools/resolve.ts";

const pause: ToolSet = {
  purpose: "holds the namespaces of a pod open",
  version: "1",
  tools: { pause: "bin/pause" },
  build: [{ kind: "go", module: "pause", packages: ["."] }],
  minutes: 0.1,
  megabytes: 100,
};

/** Path of the static program that is the first process of every pod. */
export async function pauseProgram(progress: Progress): Promise<string> {
  return (await provide("pause", pause, progress))["pause"] as string;
}
