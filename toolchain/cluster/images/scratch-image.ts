import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { tar } from "./tar.ts";
import type { TarEntry } from "./tar.ts";

/** An image with one static program in it and nothing else. */
export interface ScratchImage {
  /** Full reference, for example `slipway.local/coredns:1`. */
  readonly reference: string;
  /** Path of the program on this machine. */
  readonly program: string;
  /** Numeric user and group, for example `65532:65532`. */
  readonly user: string;
}

const vendor = "application/vnd.oci.image";

/** Content and its digest, which is computed once: programs are large. */
interface Blob {
  readonly mediaType: string;
  readonly content: Buffer;
  readonly digest: string;
}

/** The image as an OCI archive, byte for byte the same for the same input. */
export function scratchImage(image: ScratchImage): Buffer {
  const name = image.program.slice(image.program.lastIndexOf("/") + 1);
  const files = [
    { path: name, mode: 0o755, content: readFileSync(image.program) },
    { path: "tmp/", mode: 0o1777, content: undefined },
  ];
  const layer = blob("layer.v1.tar", tar(files)); // not compressed: it is read once, from the local disk
  const architecture = { x64: "amd64", arm64: "arm64" }[process.arch as string] ?? process.arch;
  const platform = { architecture, os: "linux" };
  const config = blob(
    "config.v1+json",
    json({
      ...platform,
      config: { Entrypoint: [`/${name}`], User: image.user, WorkingDir: "/" },
      rootfs: { type: "layers", diff_ids: [layer.digest] },
    }),
  );
  const manifest = blob(
    "manifest.v1+json",
    json({
      schemaVersion: 2,
      mediaType: `${vendor}.manifest.v1+json`,
      config: descriptor(config),
      layers: [descriptor(layer)],
    }),
  );
  const annotations = {
    "io.containerd.image.name": image.reference,
    "org.opencontainers.image.ref.name": image.reference,
  };
  const index = json({ schemaVersion: 2, manifests: [{ ...descriptor(manifest), platform, annotations }] });
  return tar([
    entry("oci-layout", json({ imageLayoutVersion: "1.0.0" })),
    entry("index.json", index),
    ...[layer, config, manifest].map(blobEntry),
  ]);
}

function blob(type: string, content: Buffer): Blob {
  return {
    mediaType: `${vendor}.${type}`,
    content,
    digest: `sha256:${createHash("sha256").update(content).digest("hex")}`,
  };
}

function descriptor({ mediaType, digest, content }: Blob) {
  return { mediaType, digest, size: content.length };
}

function blobEntry({ digest, content }: Blob): TarEntry {
  return entry(`blobs/${digest.replace(":", "/")}`, content);
}

function entry(path: string, content: Buffer): TarEntry {
  return { path, mode: 0o644, content };
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
