import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import type { ImageStore, Manifest } from "./image-store.ts";

/** Where the builder pushes one image to. */
export interface PushTarget {
  /** `127.0.0.1:<port>/<repository>` */
  readonly address: string;
  /** `user:password`; nobody else on the machine may push meanwhile. */
  readonly credentials: string;
}

/**
 * A registry on loopback, open while `push` runs, that puts one image into the store. A layer the store knows is not sent:
 * an image that differs from others by its last layer costs that layer only, which no archive format of the builder can do.
 */
export async function receiveImage(
  store: ImageStore,
  push: (target: PushTarget) => Promise<unknown>,
): Promise<Manifest> {
  const credentials = `slipway:${randomBytes(16).toString("hex")}`;
  let manifest: Manifest | undefined;
  const server = createServer((request, response) => {
    if (!allowed(request, credentials)) {
      response.writeHead(401, { "WWW-Authenticate": 'Basic realm="slipway"' }).end();
      return;
    }
    const handled = isManifest(request)
      ? readManifest(request)
          .then((read) => (manifest = read))
          .then(() => response.writeHead(201).end())
      : blobs(store, request, response);
    handled.catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    await push({ address: `127.0.0.1:${(server.address() as AddressInfo).port}/image`, credentials });
  } finally {
    server.close();
    server.closeAllConnections();
  }
  if (manifest === undefined) throw new Error("the builder ended without sending the image's manifest");
  return manifest;
}

async function blobs(store: ImageStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const last = path.slice(path.lastIndexOf("/") + 1);
  if (path === "/v2/") response.end();
  else if (request.method === "HEAD")
    response.writeHead(store.layer(last) === undefined ? 404 : 200, { "Content-Length": "0" }).end();
  else if (request.method === "POST")
    response.writeHead(202, { Location: `/v2/image/blobs/uploads/${randomBytes(8).toString("hex")}` }).end();
  else if (request.method === "PATCH") {
    await pipeline(request, createWriteStream(`${store.blob(last)}.part`));
    response.writeHead(202, { Location: path }).end();
  } else if (request.method === "PUT") {
    const digest = new URLSearchParams(query).get("digest") ?? "";
    await rename(`${store.blob(last)}.part`, store.blob(digest)); // the importer verifies the digest
    response.writeHead(201, { "Docker-Content-Digest": digest }).end();
  } else response.writeHead(404).end();
}

function isManifest(request: IncomingMessage): boolean {
  return request.method === "PUT" && request.url?.includes("/manifests/") === true;
}

async function readManifest(request: IncomingMessage): Promise<Manifest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Manifest;
}

function allowed(request: IncomingMessage, credentials: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(
    hash(request.headers.authorization ?? ""),
    hash(`Basic ${Buffer.from(credentials).toString("base64")}`),
  );
}
