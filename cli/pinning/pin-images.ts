/** What became of the images of a description. */
export interface Pinned {
  /** The description with the digests written in. */
  readonly text: string;
  /** Name of each image → the digest that was written beside it. */
  readonly digests: ReadonlyMap<string, string>;
  /** What could not be pinned, and why. */
  readonly faults: readonly string[];
}

/** Writes beside every name of an image, where it stands in quotes, the digest that it has now. Names that have one stay. */
export async function pinImages(
  text: string,
  images: readonly string[],
  digestOf: (image: string) => Promise<string>,
): Promise<Pinned> {
  const digests = new Map<string, string>();
  const faults: string[] = [];
  let written = text;
  for (const image of new Set(images.filter((name) => !name.includes("@")))) {
    const quoted = ['"', "'", "`"].map((quote) => `${quote}${image}${quote}`).filter((found) => text.includes(found));
    if (quoted.length === 0)
      faults.push(`${image}: the description does not write it in one piece. Fix: write its digest by hand`);
    else {
      const digest = await digestOf(image).catch((error: Error) => void faults.push(`${image}: ${error.message}`));
      if (digest === undefined) continue;
      digests.set(image, digest);
      for (const found of quoted)
        written = written.replaceAll(found, `${found.slice(0, -1)}@${digest}${found.slice(-1)}`);
    }
  }
  return { text: written, digests, faults };
}
