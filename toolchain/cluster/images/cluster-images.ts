import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { clusterImages, importArchive } from "./image-cluster.ts";
import { clusterFolders } from "../config/folders.ts";
import { scratchImage } from "./scratch-image.ts";
import type { ScratchImage } from "./scratch-image.ts";

/** Whether the cluster already has an image under this reference. */
export async function hasImage(name: string, reference: string): Promise<boolean> {
  return (await clusterImages(name)).has(reference);
}

/** Puts every image of an OCI or Docker archive into the cluster. */
export async function loadImageArchive(name: string, archive: string): Promise<void> {
  await importArchive(name, archive);
}

/** Packs one static program as an image and puts it into the cluster, unless it is there. */
export async function loadScratchImage(name: string, image: ScratchImage): Promise<void> {
  if (await hasImage(name, image.reference)) return;
  const folder = mkdtempSync(join(clusterFolders(name).state, "import-"));
  try {
    const archive = join(folder, "image.tar");
    writeFileSync(archive, scratchImage(image));
    await loadImageArchive(name, archive);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reference of the image of one program; another build of the program has another one. */
export function programReference(name: string, program: string): string {
  const { size, mtimeMs } = statSync(program);
  const tag = createHash("sha256").update(`${program} ${size} ${mtimeMs}`).digest("hex").slice(0, 12);
  return `slipway.local/${name}:${tag}`;
}
