import type { Progress } from "../toolchain/progress.ts";
import { resolve } from "../toolchain/resolve.ts";
import type { ToolName } from "../toolchain/tools.ts";

/** What `pulumi up` needs on any cluster. */
const ENGINE: readonly ToolName[] = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-kubernetes", "pulumi-resource-random", "kubectl"];

/** Makes the engine's tools available; those of the cluster and of the images are made by the steps that need them. */
export async function prepareTools(progress?: Progress): Promise<void> {
  for (const tool of ENGINE) await resolve(tool, progress);
}
