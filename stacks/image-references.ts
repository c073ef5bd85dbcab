import type { SystemPlan } from "../model/plan.ts";
import { imageReference } from "../toolchain/image.ts";

/** Images beside those of the services. */
const STORES = ["job", "kafka", "mariadb"] as const;

/** Reference of every image that the systems run, by name. */
export function imageReferences(plans: readonly SystemPlan[], registry: string | null): ReadonlyMap<string, string> {
  const services = plans.flatMap((plan) => plan.workloads.map(({ name }) => `${plan.name}/${name}`));
  return new Map([...STORES, ...services].map((name) => [name, imageReference(name, registry ?? undefined)]));
}
