import type { Progress } from "../../machine/progress.ts";
import { addonPrograms } from "../addons/addon-programs.ts";
import type { AddonPrograms } from "../addons/addon-programs.ts";
import { clusterBinaries } from "../config/binaries.ts";
import type { Binaries } from "../config/binaries.ts";
import { pauseProgram } from "../images/pause-program.ts";

/** Every program a cluster is made of. */
export interface ClusterParts {
  readonly binaries: Binaries;
  readonly pause: string;
  readonly programs: AddonPrograms;
}

/** Finds, fetches or builds every part: seconds when they are there, up to half an hour the first time. Changes nothing else. */
export async function clusterParts(progress: Progress): Promise<ClusterParts> {
  return {
    binaries: await clusterBinaries(progress),
    pause: await pauseProgram(progress),
    programs: await addonPrograms(progress),
  };
}
