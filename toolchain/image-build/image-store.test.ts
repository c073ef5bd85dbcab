import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archiveImages } from "./image-archive.ts";
import { ImageStore } from "./image-store.ts";
import type { Descriptor, Manifest } from "./image-store.ts";
import { runProgram } from "../machine/run-program.ts";

const sha = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

describe("image store", () => {
  let folder: string;
  let store: ImageStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-store-"));
    store = new ImageStore(join(folder, "store"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const blob = (text: string, mediaType = "application/vnd.oci.image.layer.v1.tar+gzip"): Descriptor => {
    writeFileSync(store.blob(sha(text)), text);
    return { mediaType, digest: sha(text), size: text.length };
  };
  /** An image of two layers, as a builder pushes it; `packed(x)` is the compressed form of content `x`. */
  const packed = (content: string) => `packed ${content}`;
  const pushed = (...contents: string[]): Manifest => ({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: blob(
      JSON.stringify({ rootfs: { diff_ids: contents.map(sha) } }),
      "application/vnd.oci.image.config.v1+json",
    ),
    layers: contents.map((content) => blob(packed(content))),
  });

  it("finds an image only when all of it is there", () => {
    assert.equal(store.find("slipway.local/a:1"), undefined);
    store.keep("slipway.local/a:1", pushed("base", "a"));
    assert.equal(store.find("slipway.local/a:1")?.manifest.layers.length, 2);
    truncateSync(store.blob(sha(packed("a"))), 3);
    assert.equal(store.find("slipway.local/a:1"), undefined);
  });

  it("knows a layer again by its content, and names its compressed form in the next image", () => {
    store.keep("slipway.local/a:1", pushed("base", "a"));
    assert.equal(store.layer(sha("base"))?.digest, sha(packed("base")));
    const b = pushed("base", "b");
    store.keep("slipway.local/b:1", {
      ...b,
      layers: [{ mediaType: "tar", digest: sha("base"), size: 4 }, ...b.layers.slice(1)],
    });
    assert.deepEqual(
      store.find("slipway.local/b:1")?.manifest.layers.map(({ digest }) => digest),
      [sha(packed("base")), sha(packed("b"))],
    );
  });

  it("keeps three versions of an image, and the layers other images share", () => {
    store.keep("slipway.local/other:1", pushed("base"));
    for (const [index, tag] of ["1", "2", "3", "4"].entries()) {
      store.keep(`slipway.local/a:${tag}`, pushed("base", `a${tag}`));
      utimesSync(join(store.folder, "references/slipway.local/a", tag), index, index);
    }
    assert.deepEqual(store.prune("slipway.local/a"), ["slipway.local/a:1"]);
    assert.ok(!existsSync(store.blob(sha(packed("a1")))));
    for (const reference of ["slipway.local/a:2", "slipway.local/a:4", "slipway.local/other:1"])
      assert.ok(store.find(reference), reference);
  });

  it("throws out blobs that are not what their name says, so that they are built again", () => {
    store.keep("slipway.local/a:1", pushed("base", "a"));
    assert.equal(store.discardDamaged(["slipway.local/a:1"]), false);
    writeFileSync(store.blob(sha(packed("a"))), packed("b"));
    assert.equal(store.discardDamaged(["slipway.local/a:1"]), true);
    assert.equal(store.find("slipway.local/a:1"), undefined);
  });

  it("archives what the importer does not hold yet, each shared layer once", async () => {
    store.keep("slipway.local/a:1", pushed("base", "a"));
    store.keep("slipway.local/b:1", pushed("base", "b"));
    const tar = await archiveImages(
      store,
      ["slipway.local/a:1", "slipway.local/b:1"],
      folder,
      (digest) => digest === sha(packed("a")),
    );
    const listed = (await runProgram("tar", ["-tf", tar])).split("\n");
    const holds = (content: string) =>
      listed.filter((line) => line.endsWith(sha(packed(content)).slice("sha256:".length))).length;
    assert.deepEqual([holds("base"), holds("a"), holds("b")], [1, 0, 1]);
    const index = JSON.parse(await runProgram("tar", ["-xOf", tar, "index.json"])) as {
      manifests: { annotations: Record<string, string> }[];
    };
    assert.deepEqual(
      index.manifests.map(({ annotations }) => annotations["io.containerd.image.name"]),
      ["slipway.local/a:1", "slipway.local/b:1"],
    );
  });

  it("never makes a path of something that is no digest", () => {
    for (const digest of ["sha256:../../../x", "../../../x", "sha256:", `sha256:${"A".repeat(64)}`, `${sha("a")}/../x`])
      assert.throws(() => store.blob(digest), /is not "sha256:" and 64 hexadecimal digits/, digest);
  });

  it("finds no image whose reference leads elsewhere", () => {
    store.keep("slipway.local/a:1", pushed("a"));
    const reference = join(store.folder, "references/slipway.local/a/1");
    const outside = join(folder, "manifest");
    writeFileSync(outside, readFileSync(store.blob(store.find("slipway.local/a:1")?.descriptor.digest ?? "")));
    writeFileSync(reference, JSON.stringify({ digest: "sha256:../../../manifest" }));
    assert.equal(store.find("slipway.local/a:1"), undefined);
  });
});
