import { archiveImages } from "./image-archive.ts";
import { buildah } from "./image-buildah.ts";
import { withWorkFolder } from "./image-context.ts";
import type { ImageStore } from "./image-store.ts";

/** Pushes an image that is only in our own store, signed in as `buildah login` left it; its layers are packed on the way. */
export async function pushStored(store: ImageStore, reference: string, options: readonly string[] = []): Promise<void> {
  await withWorkFolder(async (folder) => {
    const archive = await archiveImages(store, [reference], folder, () => false);
    const id = (await buildah(["pull", "--quiet", `oci-archive:${archive}`])).trim();
    try {
      await buildah(["push", ...options, id, `docker://${reference}`], undefined, process.env);
    } finally {
      await buildah(["rmi", id]).catch(() => undefined); // another image may lie on it
    }
  });
}
