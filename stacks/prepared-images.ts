import * as pulumi from "@pulumi/pulumi";
import type { SystemPlan } from "../model/plan.ts";
import { ensureImages, pushImages } from "../toolchain/image.ts";
import { imageReferences } from "./image-references.ts";
import type { Settings } from "./settings.ts";

/** References of all images of the systems. A preview only names them; an update builds and hands over what is missing. */
export async function preparedImages(plans: readonly SystemPlan[], settings: Settings): Promise<(name: string) => string> {
  const { registry, cluster } = settings;
  const references = imageReferences(plans, settings);
  const wanted = [...references.values()];
  if (!pulumi.runtime.isDryRun()) await (registry === null ? ensureImages(cluster, wanted) : pushImages(registry, wanted));
  return (name) => {
    const reference = references.get(name);
    if (reference === undefined) throw new Error(`no image "${name}" was prepared; there are: ${[...references.keys()].join(", ")}`);
    return reference;
  };
}
