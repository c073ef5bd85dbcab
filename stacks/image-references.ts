import type { SystemPlan } from "../model/plan.ts";
import type { Settings } from "./settings.ts";
import { imageReference } from "../toolchain/image.ts";

/** Images beside those of the services. */
const STORES = ["job", "kafka", "mariadb"] as const;
const WATCHING = ["prometheus", "alertmanager", "kube-state-metrics", "node-exporter", "blackbox-exporter", "mail-sink"] as const;

/** Reference of every image that the systems run, by name. */
export function imageReferences(plans: readonly SystemPlan[], { registry, monitoring }: Pick<Settings, "registry" | "monitoring">): ReadonlyMap<string, string> {
  const services = plans.flatMap((plan) => plan.workloads.map(({ name }) => `${plan.name}/${name}`));
  const watching = monitoring === "off" ? [] : WATCHING;
  return new Map([...STORES, ...watching, ...services].map((name) => [name, imageReference(name, registry ?? undefined)]));
}
