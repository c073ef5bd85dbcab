import { readFileSync } from "node:fs";
import type { ImageStore, Manifest } from "../../image-build/image-store.ts";
import { ARCHITECTURE } from "../../machine/machine.ts";
import { BuildFault } from "../build-fault.ts";
import { factsOf, type ImageConfiguration } from "./image-facts.ts";

/** Throws a fault unless an image runs on the cluster's nodes; those of the embedded cluster are this machine. */
export function requireProcessor(
  store: ImageStore,
  { config }: Manifest,
  image: string,
  wanted: string = ARCHITECTURE,
): void {
  const { architecture } = factsOf(JSON.parse(readFileSync(store.blob(config.digest), "utf8")) as ImageConfiguration);
  if (architecture !== wanted) throw otherProcessor(image, [`linux/${architecture}`], wanted);
}

/** The fault of an image for other processors only. */
export function otherProcessor(image: string, platforms: readonly string[], wanted: string = ARCHITECTURE): BuildFault {
  return new BuildFault(
    `${image} is for ${[...new Set(platforms)].join(", ")}, and the cluster's nodes are linux/${wanted}`,
    `take or make one that is for linux/${wanted}`,
  );
}
