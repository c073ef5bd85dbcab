import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scratchImage } from "./scratch-image.ts";
import { tar } from "./tar.ts";

describe("an image of one program", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-image-"));
  const program = join(folder, "hello");
  const image = { reference: "slipway.local/hello:1", program, user: "65532:65532" };

  before(() => {
    writeFileSync(program, "#!program\n".repeat(100));
    writeFileSync(join(folder, "image.tar"), scratchImage(image));
    execFileSync("tar", ["-C", folder, "-xf", join(folder, "image.tar")]);
  });

  after(() => rmSync(folder, { recursive: true }));

  it("is an archive whose files have the digests they are named by", () => {
    const blobs = join(folder, "blobs", "sha256");
    assert.equal(readdirSync(blobs).length, 3);
    for (const name of readdirSync(blobs))
      assert.equal(
        createHash("sha256")
          .update(readFileSync(join(blobs, name)))
          .digest("hex"),
        name,
      );
  });

  it("starts the program as the wanted user and carries the wanted reference", () => {
    const index = read("index.json") as { manifests: [{ digest: string; annotations: Record<string, string> }] };
    assert.equal(index.manifests[0].annotations["io.containerd.image.name"], image.reference);
    const manifest = read(blob(index.manifests[0].digest)) as {
      config: { digest: string };
      layers: [{ digest: string }];
    };
    assert.deepEqual((read(blob(manifest.config.digest)) as { config: object }).config, {
      Entrypoint: ["/hello"],
      User: "65532:65532",
      WorkingDir: "/",
    });
    const listed = execFileSync("tar", ["-tvf", join(folder, blob(manifest.layers[0].digest))]).toString();
    assert.match(listed, /^-rwxr-xr-x 0\/0 +1000 .* hello$/m);
    assert.match(listed, /^drwxrwxrwt .* tmp\/$/m);
  });

  it("is the same, byte for byte, for the same program", () => {
    assert.deepEqual(scratchImage(image), scratchImage(image));
  });

  it("refuses a path the archive format cannot hold", () => {
    assert.throws(() => tar([{ path: "x".repeat(101), mode: 0o644, content: Buffer.of() }]), /longer than 100/);
    assert.equal(statSync(program).size, 1000);
  });

  function read(path: string): unknown {
    return JSON.parse(readFileSync(join(folder, path), "utf8"));
  }

  function blob(digest: string): string {
    return join("blobs", "sha256", digest.replace("sha256:", ""));
  }
});
