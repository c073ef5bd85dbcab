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

/** The image as an OCI archive, byte for byte the same for the same input. */
export function scratchImage(image: ScratchImage): Buffer {
  const name = image.program.slice(image.program.lastIndexOf("/") + 1);
  const layer = tar([
    { path: name, mode: 0o755, content: readFileSync(image.program) },
    { path: "tmp/", mode: 0o1777, content: undefined },
  ]);
  const architecture = { x64: "amd64", arm64: "arm64" }[process.arch as string] ?? process.arch;
  const config = json({
    architecture,
    os: "linux",
    config: { Entrypoint: [`/${name}`], User: image.user, WorkingDir: "/" },
    rootfs: { type: "layers", diff_ids: [digest(layer)] },
  });
  const manifest = json({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: descriptor("application/vnd.oci.image.config.v1+json", config),
    // Not compressed: it is read once, from the local disk.
    layers: [descriptor("application/vnd.oci.image.layer.v1.tar", layer)],
  });
  const annotations = { "io.containerd.image.name": image.reference, "org.opencontainers.image.ref.name": image.reference };
  const index = json({
    schemaVersion: 2,
    manifests: [{ ...descriptor("application/vnd.oci.image.manifest.v1+json", manifest), platform: { architecture, os: "linux" }, annotations }],
  });
  const blobs = [layer, config, manifest].map(blob);
  return tar([{ path: "oci-layout", mode: 0o644, content: json({ imageLayoutVersion: "1.0.0" }) }, { path: "index.json", mode: 0o644, content: index }, ...blobs]);
}

function blob(content: Buffer): TarEntry {
  return { path: `blobs/sha256/${digest(content).slice("sha256:".length)}`, mode: 0o644, content };
}

function descriptor(mediaType: string, content: Buffer) {
  return { mediaType, digest: digest(content), size: content.length };
}

function digest(content: Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
