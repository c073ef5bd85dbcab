import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildah } from "./image-buildah.ts";
import { ensureBase } from "./image-build.ts";
import { receiveImage } from "./image-layout.ts";
import { ImageStore } from "./image-store.ts";
import { SHIPPED } from "../roots/shipped.ts";
import { quiet } from "../machine/progress.ts";
import { skip, skipInQuickGate } from "../../test/skip.ts";

const source = `import { createServer } from "node:http";
console.log(JSON.stringify({ uid: process.getuid(), argv: process.argv.slice(2), env: process.env.NODE_ENV }));
createServer(() => undefined).unref();
`;

describe("building the service image without Docker", function () {
  this.timeout(10 * 60_000); // the first build on a machine makes the Debian base too
  const tag = `slipway.local/test:${process.pid}`;
  let folder: string;

  before(function () {
    skipInQuickGate(this, "a Debian base");
    if (process.getuid?.() !== 0) {
      skip(this, "building images without Docker needs root (mounts in a namespace of its own)");
    }
    folder = mkdtempSync(join(tmpdir(), "slipway-image-"));
    mkdirSync(join(folder, "app"));
    copyFileSync(join(SHIPPED, "toolchain/images/service/Dockerfile"), join(folder, "Dockerfile"));
    writeFileSync(join(folder, "app/service.mjs"), source);
  });
  after(async () => {
    if (folder === undefined) return;
    rmSync(folder, { recursive: true });
    await buildah(["rmi", tag]).catch(() => undefined);
  });

  const build = async (...options: string[]) => {
    const base = await ensureBase("base-node", quiet);
    return await buildah([
      "build",
      "--quiet",
      "--timestamp",
      "0",
      "--pull-never",
      ...options,
      "--build-arg",
      `BASE=${base}`,
      "--tag",
      tag,
      folder,
    ]);
  };

  it("gives the same image, bit by bit, from the same files", async () => {
    const first = await build("--no-cache");
    assert.match(first, /^[0-9a-f]{64}$/);
    assert.equal(await build("--no-cache"), first);
  });

  it("starts node on the bundled file, as a user that is not root", async () => {
    const config = JSON.parse(await buildah(["inspect", "--type", "image", tag])) as {
      OCIv1: { config: Record<string, unknown> };
    };
    assert.deepEqual(config.OCIv1.config["Entrypoint"], ["node", "--max-semi-space-size=2", "/app/service.mjs"]);
    assert.equal(config.OCIv1.config["User"], "10001:10001");
    const container = await buildah(["from", "--pull-never", tag]);
    try {
      const said = await buildah(["run", container, "--", "node", "/app/service.mjs", "migrate"]);
      assert.deepEqual(JSON.parse(said), { uid: 10001, argv: ["migrate"], env: "production" });
    } finally {
      await buildah(["rm", container]);
    }
  });

  it("gets from the builder into a store through a folder of root's, and no layer is packed twice", async () => {
    const store = new ImageStore(join(folder, "store"));
    const small = `${tag}-small`;
    const context = join(folder, "small");
    mkdirSync(context);
    writeFileSync(join(context, "Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
    await buildah(["build", "--quiet", "--tag", small, context]);
    const push = async (name: string) => {
      const layout = join(folder, name);
      mkdirSync(layout);
      store.keep(small, await receiveImage(store, layout, () => buildah(["push", "--quiet", small, `oci:${layout}`])));
      const left = readdirSync(join(layout, "blobs/sha256"));
      return left.filter((blob) => statSync(join(layout, "blobs/sha256", blob)).size > 0).length;
    };
    await push("first");
    assert.equal(store.discardDamaged([small]), false);
    assert.equal(await push("second"), 1, "more than the manifest was written again");
    assert.equal(store.find(small)?.manifest.layers.length, 1);
    await buildah(["rmi", small]);
  });

  it("leaves no mount behind and nothing in the machine's own folders", () => {
    const mounts = execFileSync("cat", ["/proc/self/mounts"], { encoding: "utf8" });
    assert.doesNotMatch(mounts, /slipway\/images\/storage/);
    assert.doesNotMatch(mounts, /overlay \/(usr|etc) /);
  });
});
