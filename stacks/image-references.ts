import type { SystemPlan } from "../model/plan.ts";
import type { Settings } from "./settings.ts";
import { storeImages } from "./store-images.ts";
import { imageReference } from "../toolchain/image-build/image.ts";

const WATCHING = [
  "prometheus",
  "alertmanager",
  "kube-state-metrics",
  "node-exporter",
  "blackbox-exporter",
  "mail-sink",
] as const;

/** Reference of every image that the systems run, by name. */
export function systemImages(
  plans: readonly SystemPlan[],
  { registry }: Pick<Settings, "registry">,
): ReadonlyMap<string, string> {
  const services = plans.flatMap((plan) => plan.workloads.map(({ name }) => `${plan.name}/${name}`));
  return new Map(
    [...storeImages(plans), ...services].map((name) => [name, imageReference(name, registry ?? undefined)]),
  );
}

/** Reference of every image that watches them; none where nothing does. */
export function watchingImages({
  registry,
  monitoring,
}: Pick<Settings, "registry" | "monitoring">): ReadonlyMap<string, string> {
  return new Map(
    (monitoring === "off" ? [] : WATCHING).map((name) => [name, imageReference(name, registry ?? undefined)]),
  );
}
