import * as pulumi from "@pulumi/pulumi";
import type { SystemPlan } from "../model/plan.ts";
import { ensureImages, imageReference, pushImages } from "../toolchain/image.ts";
import type { Settings } from "./settings.ts";

/** Images beside those of the services. */
const STORES = ["job", "kafka", "mariadb"] as const;

/** References of all images of the systems. A preview only names them; an update builds and hands over what is missing. */
export async function preparedImages(plans: readonly SystemPlan[], { registry, cluster }: Settings): Promise<(name: string) => string> {
  const services = plans.flatMap((plan) => plan.workloads.map(({ name }) => `${plan.name}/${name}`));
  const references = new Map([...STORES, ...services].map((name) => [name as string, imageReference(name, registry ?? undefined)]));
  const wanted = [...references.values()];
  if (!pulumi.runtime.isDryRun()) await (registry === null ? ensureImages(cluster, wanted) : pushImages(registry, wanted));
  return (name) => {
    const reference = references.get(name);
    if (reference === undefined) throw new Error(`no image "${name}" was prepared; there are: ${[...references.keys()].join(", ")}`);
    return reference;
  };
}
