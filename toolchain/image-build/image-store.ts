import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheHome } from "../machine/cache-folders.ts";
import { digits, isDigest, requireDigest } from "./digest.ts";

/** Points at one blob, as OCI image manifests do. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** An OCI image manifest. */
export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** Versions of an image that stay on disk: the newest one, and what a rollback or another branch may ask for. */
const KEPT_VERSIONS = 3;

/**
 * Built images, ready to be imported into any cluster: blobs are files named by digest and shared by all images,
 * `references/` says which manifest an image name stands for.
 */
export class ImageStore {
  readonly folder: string;

  constructor(folder = join(cacheHome(), "images/store")) {
    this.folder = folder;
    for (const name of ["blobs/sha256", "references", "layers"]) mkdirSync(join(folder, name), { recursive: true });
  }

  /** File of a blob; it may not exist yet. */
  blob(digest: string): string {
    return join(this.folder, "blobs/sha256", digits(digest));
  }

  /** Moves a file in under its digest; throws, and leaves it where it is, when its content has another one. */
  async take(file: string, digest: string): Promise<void> {
    await requireDigest(file, digest);
    await rename(file, this.blob(digest));
  }

  /** Digests of the uncompressed content of all layers that need not be made again. */
  knownLayers(): string[] {
    const contents = readdirSync(join(this.folder, "layers")).map((name) => `sha256:${name}`);
    return contents.filter((content) => isDigest(content) && this.layer(content) !== undefined);
  }

  /** Manifest of an image whose blobs are all here. */
  find(reference: string): { readonly descriptor: Descriptor; readonly manifest: Manifest } | undefined {
    try {
      const descriptor = JSON.parse(readFileSync(this.#referenceFile(reference), "utf8")) as Descriptor;
      const manifest = JSON.parse(readFileSync(this.blob(descriptor.digest), "utf8")) as Manifest;
      const complete = [manifest.config, ...manifest.layers].every(
        ({ digest, size }) => statSync(this.blob(digest)).size === size,
      );
      return complete ? { descriptor, manifest } : undefined;
    } catch {
      return undefined; // missing, or damaged: it is built again
    }
  }

  /** The compressed blob of a layer, by the digest of its uncompressed content. */
  layer(content: string): Descriptor | undefined {
    const file = this.#layerFile(content);
    if (!existsSync(file)) return undefined;
    const descriptor = JSON.parse(readFileSync(file, "utf8")) as Descriptor;
    return existsSync(this.blob(descriptor.digest)) ? descriptor : undefined;
  }

  /** Records what the builder pushed. Layers it did not send, because `layer` knew them, get their place in the manifest. */
  keep(reference: string, pushed: Manifest): void {
    const config = JSON.parse(readFileSync(this.blob(pushed.config.digest), "utf8")) as {
      rootfs: { diff_ids: string[] };
    };
    const layers = pushed.layers.map((sent, index) => {
      const content = config.rootfs.diff_ids[index] ?? "";
      const known = this.layer(content);
      if (known === undefined) write(this.#layerFile(content), JSON.stringify(sent));
      return known ?? sent;
    });
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType: pushed.mediaType, config: pushed.config, layers });
    const digest = hash(manifest);
    write(this.blob(digest), manifest);
    write(
      this.#referenceFile(reference),
      JSON.stringify({ mediaType: pushed.mediaType, digest, size: Buffer.byteLength(manifest) }),
    );
  }

  /** Removes blobs of these images that are not what their name says, and tells whether there were any. */
  discardDamaged(references: readonly string[]): boolean {
    const digests = new Set(references.flatMap((reference) => this.#digests(reference)));
    const damaged = [...digests].filter((digest) => hash(readFileSync(this.blob(digest))) !== digest);
    for (const digest of damaged) rmSync(this.blob(digest));
    return damaged.length > 0;
  }

  /** Forgets old versions of an image and the blobs only they used; returns the references forgotten. */
  prune(name: string): string[] {
    const tags = join(this.folder, "references", name);
    // Folders beside the tags are images whose names go on after this one's.
    const files = readdirSync(tags, { withFileTypes: true }).filter((entry) => entry.isFile());
    const newestFirst = files
      .map((entry) => entry.name)
      .sort((a, b) => statSync(join(tags, b)).mtimeMs - statSync(join(tags, a)).mtimeMs);
    const old = newestFirst.slice(KEPT_VERSIONS).map((tag) => `${name}:${tag}`);
    if (old.length === 0) return old;
    for (const reference of old) rmSync(this.#referenceFile(reference));
    const used = new Set(this.#references().flatMap((reference) => this.#digests(reference)));
    const blobs = join(this.folder, "blobs/sha256");
    for (const file of readdirSync(blobs)) if (!used.has(`sha256:${file}`)) rmSync(join(blobs, file));
    return old;
  }

  #references(): string[] {
    const root = join(this.folder, "references");
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map((entry) => `${entry.parentPath.slice(root.length + 1)}:${entry.name}`);
  }

  #digests(reference: string): string[] {
    const image = this.find(reference);
    return image === undefined
      ? []
      : [image.descriptor, image.manifest.config, ...image.manifest.layers].map(({ digest }) => digest);
  }

  #layerFile(content: string): string {
    return join(this.folder, "layers", digits(content));
  }

  #referenceFile(reference: string): string {
    const colon = reference.lastIndexOf(":");
    return join(this.folder, "references", reference.slice(0, colon), reference.slice(colon + 1));
  }
}

function hash(data: string | Buffer): string {
  return `sha256:${createHash("sha256").update(data).digest("hex")}`;
}

/** A file is there whole or not at all, also after a kill. */
function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}
