import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digits, requireDigest } from "./digest.ts";
import type { Descriptor, ImageStore, Manifest } from "./image-store.ts";

/**
 * Lets `push` write one image as an OCI layout into `folder`, which nobody else may write to, and takes it into the store. Where a layout
 * holds a layer already, the builder does not pack it again: so the layers that the store knows lie there as empty files, and an image that
 * differs from others by its last layer costs that layer only.
 */
export async function receiveImage(
  store: ImageStore,
  folder: string,
  push: (layout: string) => Promise<unknown>,
): Promise<Manifest> {
  const blob = (digest: string) => join(folder, "blobs/sha256", digits(digest));
  const known = new Set(store.knownLayers());
  await mkdir(join(folder, "blobs/sha256"), { recursive: true });
  for (const content of known) await writeFile(blob(content), "");
  await push(folder);
  const { digest } = await onlyImage(folder);
  await requireDigest(blob(digest), digest);
  const manifest = JSON.parse(await readFile(blob(digest), "utf8")) as Manifest;
  const parts = new Set([manifest.config, ...manifest.layers].map((part) => part.digest));
  for (const part of parts) if (!known.has(part)) await store.take(blob(part), part);
  return manifest;
}

async function onlyImage(folder: string): Promise<Descriptor> {
  const text = await readFile(join(folder, "index.json"), "utf8").catch(() => {
    throw new Error("the builder ended without writing the image's index");
  });
  const { manifests } = JSON.parse(text) as { manifests: readonly Descriptor[] };
  const [image, ...others] = manifests;
  if (image === undefined || others.length > 0)
    throw new Error(`the builder wrote ${manifests.length} images, wanted is one`);
  return image;
}
