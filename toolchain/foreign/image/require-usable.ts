import type { ImageStore } from "../../image-build/image-store.ts";
import { imageFaults, type Use } from "./image-faults.ts";

/** An image by its reference, and what a pod does with it. */
export interface Used {
  readonly name: string;
  readonly reference: string;
  readonly use: Use;
}

/** Throws when pods could not use stored images as they will, with all faults of all of them: nothing is created then. */
export async function requireUsable(store: ImageStore, images: readonly Used[]): Promise<void> {
  const faults: string[] = [];
  for (const { name, reference, use } of images)
    faults.push(...(await imageFaults(store, reference, use)).map((fault) => `  ${name}: ${fault}.`));
  if (faults.length > 0)
    throw new Error(
      `${faults.length === 1 ? "an image cannot" : "images cannot"} be used as the description wants:\n${faults.join("\n")}`,
    );
}
