import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { receiveImage } from "./image-layout.ts";
import { ImageStore } from "./image-store.ts";

const sha = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

describe("taking an image from its builder", () => {
  let folder: string;
  let layout: string;
  let store: ImageStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-layout-"));
    layout = join(folder, "layout");
    mkdirSync(layout);
    store = new ImageStore(join(folder, "store"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Writes a blob as a builder does, under its own digest or under the one it claims. */
  const blob = (text: string, digest = sha(text)) => {
    const file = join(layout, "blobs/sha256", digest.replace("sha256:", ""));
    writeFileSync(file, text);
    return { mediaType: "application/octet-stream", digest, size: text.length };
  };
  const config = (...contents: string[]) => JSON.stringify({ rootfs: { diff_ids: contents.map(sha) } });
  const index = (...manifests: object[]) => writeFileSync(join(layout, "index.json"), JSON.stringify({ manifests }));
  const write = (manifest: object) => index(blob(JSON.stringify(manifest)));
  const blobs = () => readdirSync(join(folder, "store/blobs/sha256")).length;

  it("needs no server and no credentials: the builder writes into a folder", async () => {
    const manifest = await receiveImage(store, layout, async (target) => {
      assert.equal(target, layout);
      write({ config: blob(config("a")), layers: [blob("packed a")] });
    });
    store.keep("slipway.local/a:1", manifest);
    assert.equal(store.find("slipway.local/a:1")?.manifest.layers[0]?.digest, sha("packed a"));
  });

  it("shows the builder the layers it knows, and takes only the others", async () => {
    const first = await receiveImage(store, layout, async () => {
      write({ config: blob(config("base")), layers: [blob("packed base")] });
    });
    store.keep("slipway.local/base:1", first);
    rmSync(layout, { recursive: true });
    const second = await receiveImage(store, layout, async () => {
      assert.equal(statSync(join(layout, "blobs/sha256", sha("base").slice(7))).size, 0);
      write({ config: blob(config("base", "a")), layers: [{ digest: sha("base"), size: 0 }, blob("packed a")] });
    });
    store.keep("slipway.local/a:1", second);
    const layers = store.find("slipway.local/a:1")?.manifest.layers.map(({ digest }) => digest);
    assert.deepEqual(layers, [sha("packed base"), sha("packed a")]);
  });

  it("refuses a part that is not what its digest says, and keeps nothing of it", async () => {
    const swapped = receiveImage(store, layout, async () => {
      write({ config: blob(config("a")), layers: [blob("somebody else's", sha("packed a"))] });
    });
    await assert.rejects(swapped, /SHA-256 is [0-9a-f]{64}, its name says/);
    assert.ok(!existsSync(store.blob(sha("packed a"))));
    rmSync(layout, { recursive: true });
    const manifest = receiveImage(store, layout, async () => index(blob("{}", sha("another manifest"))));
    await assert.rejects(manifest, /SHA-256 is/);
  });

  for (const part of ["index", "config", "layer"])
    it(`refuses a path in place of a digest in the ${part}`, async () => {
      const outside = { digest: "sha256:../../../x", size: 1 };
      writeFileSync(join(folder, "x"), "stays");
      const path = receiveImage(store, layout, async () => {
        if (part === "index") index(outside);
        else if (part === "config") write({ config: outside, layers: [] });
        else write({ config: blob(config("a")), layers: [outside] });
      });
      await assert.rejects(path, /is not "sha256:" and 64 hexadecimal digits/);
      assert.ok(existsSync(join(folder, "x")));
      assert.ok(blobs() <= 1, "at most the settings, which are whole");
    });

  it("says so when the builder writes nothing, or more than one image", async () => {
    await assert.rejects(
      receiveImage(store, layout, async () => undefined),
      /without writing the image's index/,
    );
    await assert.rejects(
      receiveImage(store, layout, async () => index(blob("{}"), blob("[]"))),
      /wrote 2 images, wanted is one/,
    );
  });
});
