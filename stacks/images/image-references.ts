import type { SystemPlan } from "../../model/plan.ts";
import { type ForeignImage, foreignHashes } from "../../toolchain/foreign/foreign-image.ts";
import { imageReference, LOCAL, type Programs } from "../../toolchain/image-build/image.ts";
import type { ImageRecipe } from "../../toolchain/image-build/image-recipe.ts";
import { foreignImage, programsOf, recipeOf } from "./programs.ts";
import type { Settings } from "../settings.ts";

const WATCHING = [
  "prometheus",
  "alertmanager",
  "kube-state-metrics",
  "node-exporter",
  "blackbox-exporter",
  "mail-sink",
] as const;

/** Images beside those of programs: what fills stores, and the stores themselves, as far as a system has any of their kind. */
function storeImages(plans: readonly SystemPlan[]): string[] {
  const kinds = new Set(plans.flatMap(({ stores }) => stores.map(({ kind }) => kind)));
  return ["job", "kafka", "mariadb", ...(["postgres", "redis"] as const).filter((kind) => kinds.has(kind))];
}

/** The images that the systems run. */
export interface SystemImages {
  /** Reference of each by its name. */
  readonly references: ReadonlyMap<string, string>;
  /** What those of programs are made from. */
  readonly programs: Programs;
}

/** Every image that the systems run. Faults of all sources are told at once; nothing is built or fetched. */
export async function systemImages(
  plans: readonly SystemPlan[],
  { registry }: Pick<Settings, "registry">,
): Promise<SystemImages> {
  const at = registry ?? LOCAL;
  const references = new Map<string, string>(storeImages(plans).map((name) => [name, imageReference(name, at)]));
  const programs = new Map<string, ForeignImage | ImageRecipe>();
  const foreign: ForeignImage[] = [];
  for (const program of plans.flatMap(programsOf)) {
    const image = foreignImage(program);
    const recipe = recipeOf(program);
    if (image) foreign.push(image);
    if (recipe) {
      const reference = imageReference(program.name, at, recipe);
      references.set(program.name, reference);
      programs.set(reference, recipe);
    }
  }
  const hashes = await foreignHashes(foreign);
  for (const image of foreign) {
    const reference = `${at}/${image.name}:${hashes.get(image.name)}`;
    references.set(image.name, reference);
    programs.set(reference, image);
  }
  return { references, programs };
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
