import { copyFile, link, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digits } from "./digest.ts";
import type { ImageStore } from "./image-store.ts";
import { runProgram } from "../machine/run-program.ts";

/**
 * Writes stored images to one OCI archive in `folder` and returns its path. Blobs that `has` knows are left out:
 * the importer has them already.
 */
export async function archiveImages(
  store: ImageStore,
  references: readonly string[],
  folder: string,
  has: (digest: string) => boolean,
): Promise<string> {
  const layout = join(folder, "layout");
  await writeLayout(store, references, layout, has);
  const tar = join(folder, "images.tar");
  await runProgram("tar", ["-C", layout, "-cf", tar, "oci-layout", "index.json", "blobs"]);
  return tar;
}

/** Writes stored images as an OCI layout; its blobs are other names of the store's files. */
export async function writeLayout(
  store: ImageStore,
  references: readonly string[],
  layout: string,
  has: (digest: string) => boolean = () => false,
): Promise<void> {
  await mkdir(join(layout, "blobs/sha256"), { recursive: true });
  const manifests: object[] = [];
  const digests = new Set<string>();
  for (const reference of references) {
    const image = store.find(reference);
    if (image === undefined)
      throw new Error(`image ${reference} is not in ${store.folder}.\nNext: run the command again, it will be built.`);
    // The importer takes the first annotation as the image's full name, builders find it by the tag in the second.
    const tag = reference.slice(reference.lastIndexOf(":") + 1);
    const annotations = { "io.containerd.image.name": reference, "org.opencontainers.image.ref.name": tag };
    manifests.push({ ...image.descriptor, annotations });
    for (const { digest } of [image.descriptor, image.manifest.config, ...image.manifest.layers]) digests.add(digest);
  }
  for (const digest of digests)
    if (!has(digest)) await place(store.blob(digest), join(layout, "blobs/sha256", digits(digest)));
  await writeFile(join(layout, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  await writeFile(join(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
}

/** A second name for a file, or a copy on another disk. */
async function place(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
