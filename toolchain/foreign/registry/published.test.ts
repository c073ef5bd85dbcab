import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen } from "../../machine/free-port.ts";
import { type BaseName, baseName } from "../bases/base-name.ts";
import { pinned, published } from "./published.ts";
import { pushByHand } from "./push-by-hand.ts";
import { imageIn, type ThrowAwayRegistry, throwAwayRegistry } from "./throw-away-registry.ts";

const arm = { os: "linux", architecture: "arm64" };

describe("an image in a registry", () => {
  let folder: string;
  let registry: ThrowAwayRegistry;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "slipway-registry-"));
    registry = await throwAwayRegistry(folder);
  });
  afterEach(() => {
    registry.close();
    rmSync(folder, { recursive: true });
  });

  it("is told by its digest and by the processors it is for", async () => {
    const reference = `${registry.address}/shop/x:1`;
    const digest = await pushByHand(reference, [Buffer.from("layer of more than ten bytes")], arm);
    assert.deepEqual(await published(baseName(reference) as BaseName), { digest, platforms: ["linux/arm64"] });
    assert.equal(await pinned(reference), digest);
    assert.equal((await imageIn(registry, "1", "arm64"))?.digest, digest);
    assert.equal(await imageIn(registry, "2", "arm64"), undefined);
  });

  it("that does not exist is told as such", async () => {
    await assert.rejects(
      pinned(`${registry.address}/shop/nothing:1`),
      /image 127\.0\.0\.1.* does not exist\.\nNext: look at its name and tag/,
    );
    await assert.rejects(pinned("No Name"), /is no name of an image/);
  });

  it("is taken only from who knows where to push, and only when it is what its digest says", async () => {
    const [host = ""] = registry.address.split("/");
    await assert.rejects(pushByHand(`${host}/shop/x:1`, [], arm), /push answered 404/);
    const begun = await fetch(`http://${registry.address.replace("/", "/v2/")}/x/blobs/uploads/`, { method: "POST" });
    const place = `http://${host}${begun.headers.get("location")}?digest=sha256:${"0".repeat(64)}`;
    const put = await fetch(place, { method: "PUT", body: "something else" });
    assert.equal(put.status, 400);
    const outside = await fetch(`http://${registry.address.replace("/", "/v2/")}/x/blobs/uploads/..%2f..%2fx`, {
      method: "PATCH",
      body: "x",
    });
    assert.equal(outside.status, 400);
  });

  it("that wants a token is asked for with one, and who may not pull it is told how to sign in", async () => {
    const server = createServer((request, response) => {
      const { authorization } = request.headers;
      if (request.url?.startsWith("/token")) return void response.end(JSON.stringify({ token: "t" }));
      if (request.url?.includes("closed")) return void response.writeHead(403).end();
      if (authorization === "Bearer t")
        return void response
          .writeHead(200, { "docker-content-digest": `sha256:${"a".repeat(64)}` })
          .end(
            '{"manifests":[{"platform":{"os":"linux","architecture":"amd64"}},{"platform":{"os":"unknown","architecture":"unknown"}}]}',
          );
      response
        .writeHead(401, {
          "www-authenticate": `Bearer realm="http://${request.headers.host}/token",service="s",scope="pull"`,
        })
        .end();
    });
    const host = `127.0.0.1:${await listen(server)}`;
    try {
      assert.deepEqual(await published(baseName(`${host}/open:1`) as BaseName), {
        digest: `sha256:${"a".repeat(64)}`,
        platforms: ["linux/amd64"],
      });
      await assert.rejects(
        pinned(`${host}/closed:1`),
        /may not be pulled, or does not exist: 127\.0\.0\.1:\d+ answers 403\.\nNext: sign in with `docker login 127/,
      );
    } finally {
      server.close();
      server.closeAllConnections();
    }
    await assert.rejects(pinned(`${host}/open:1`), /does not answer/);
  });
});
