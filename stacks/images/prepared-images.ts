import * as pulumi from "@pulumi/pulumi";
import type { SystemPlan } from "../../model/plan.ts";
import { ensureImages, pushImages } from "../../toolchain/image-build/image.ts";
import { standardProgress } from "../../toolchain/machine/progress.ts";
import { systemImages, watchingImages } from "./image-references.ts";
import type { Settings } from "../settings.ts";

/**
 * References of all images. A preview only names them; an update builds and hands over what is missing, apart from what the
 * monitoring of the embedded cluster runs: `slipway up` makes that when the systems run (cli/update/bring-up-watching.ts).
 */
export async function preparedImages(
  plans: readonly SystemPlan[],
  settings: Settings,
): Promise<(name: string) => string> {
  const { registry, cluster } = settings;
  const { references: own, programs } = await systemImages(plans, settings);
  const references = new Map([...own, ...watchingImages(settings)]);
  if (!pulumi.runtime.isDryRun())
    await (registry === null
      ? ensureImages(cluster, [...own.values()], standardProgress(), programs)
      : pushImages(registry, [...references.values()], standardProgress(), programs));
  return (name) => {
    const reference = references.get(name);
    if (reference === undefined)
      throw new Error(`no image "${name}" was prepared; there are: ${[...references.keys()].join(", ")}`);
    return reference;
  };
}
