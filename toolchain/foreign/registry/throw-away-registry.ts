import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { listen } from "../../machine/free-port.ts";
import { digits, isDigest, requireDigest } from "../../image-build/digest.ts";

/** A registry on this machine for as long as a command runs. */
export interface ThrowAwayRegistry {
  /** Such as `127.0.0.1:40123/5f0c…`, before the name of an image; clients speak to it without TLS. Who does not know it cannot push. */
  readonly address: string;
  /** Digest and type of what was pushed under a tag. */
  readonly pushed: ReadonlyMap<string, { readonly digest: string; readonly mediaType: string }>;
  /** File of a blob or a manifest. */
  readonly blob: (digest: string) => string;
  readonly close: () => void;
}

/** Starts it with its blobs in `folder`. It holds what clients of registries need to push one image and to pull it: no listing, no deleting. */
export async function throwAwayRegistry(folder: string): Promise<ThrowAwayRegistry> {
  await mkdir(join(folder, "uploads"), { recursive: true });
  const content = new Content(folder, randomUUID().replaceAll("-", ""));
  const server = createServer((request, response) => {
    answer(content, request, response).catch((error: Error) => {
      if (!response.headersSent) response.writeHead(400);
      response.end(error.message);
    });
  });
  const port = await listen(server);
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return {
    address: `127.0.0.1:${port}/${content.secret}`,
    pushed: content.tags,
    blob: (digest) => content.file(digest),
    close,
  };
}

class Content {
  readonly folder: string;
  readonly secret: string;
  readonly tags = new Map<string, { readonly digest: string; readonly mediaType: string }>();

  constructor(folder: string, secret: string) {
    this.folder = folder;
    this.secret = secret;
  }
  file(digest: string): string {
    return join(this.folder, digits(digest));
  }
  upload(id: string): string {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error("no such upload");
    return join(this.folder, "uploads", id);
  }
}

async function answer(content: Content, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://here");
  const [, repository = "", kind, last = ""] =
    /^\/v2\/(.+)\/(manifests|blobs|blobs\/uploads)\/([^/]*)$/.exec(url.pathname) ?? [];
  const read = request.method === "GET" || request.method === "HEAD";
  if (url.pathname === "/v2/") response.writeHead(200).end();
  else if (!repository.startsWith(`${content.secret}/`)) response.writeHead(404).end();
  else if (kind === "blobs/uploads")
    await upload(content, { repository, id: last, digest: url.searchParams.get("digest") }, request, response);
  else if (kind === "manifests" && request.method === "PUT") await putManifest(content, last, request, response);
  else if (kind !== undefined && read) await send(content, last, request, response);
  else response.writeHead(404).end();
}

interface Upload {
  readonly repository: string;
  readonly id: string;
  readonly digest: string | null;
}

/** A blob arrives whole or in parts; its end names its digest, which must be true. */
async function upload(
  content: Content,
  { repository, id, digest }: Upload,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const current = request.method === "POST" ? randomUUID() : id;
  const file = content.upload(current);
  await pipeline(request, createWriteStream(file, { flags: "a" }));
  if (digest === null) {
    const { size } = await stat(file);
    const headers = {
      location: `/v2/${repository}/blobs/uploads/${current}`,
      range: `0-${Math.max(size - 1, 0)}`,
      "docker-upload-uuid": current,
    };
    response.writeHead(202, headers).end();
    return;
  }
  await requireDigest(file, digest).catch(async (error: unknown) => {
    await rm(file, { force: true });
    throw error;
  });
  await rename(file, content.file(digest));
  response.writeHead(201, { location: `/v2/${repository}/blobs/${digest}`, "docker-content-digest": digest }).end();
}

async function putManifest(
  content: Content,
  tag: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks);
  const digest = `sha256:${createHash("sha256").update(text).digest("hex")}`;
  await writeFile(content.file(digest), text);
  content.tags.set(tag, { digest, mediaType: request.headers["content-type"] ?? "" });
  content.tags.set(digest, { digest, mediaType: request.headers["content-type"] ?? "" });
  response.writeHead(201, { location: request.url ?? "", "docker-content-digest": digest }).end();
}

async function send(content: Content, name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const manifest = content.tags.get(name);
  const digest = manifest?.digest ?? name;
  const found = isDigest(digest) ? await stat(content.file(digest)).catch(() => undefined) : undefined;
  if (found === undefined) return void response.writeHead(404).end();
  const type = manifest?.mediaType ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "content-length": found.size, "docker-content-digest": digest });
  if (request.method === "HEAD") return void response.end();
  await pipeline(createReadStream(content.file(digest)), response);
}

/** The image that was pushed under a tag; of several, the one for this processor, else the first. */
export async function imageIn(
  registry: ThrowAwayRegistry,
  tag: string,
  architecture: string,
): Promise<{ readonly digest: string; readonly mediaType: string } | undefined> {
  const pushed = registry.pushed.get(tag);
  if (pushed === undefined) return undefined;
  const { manifests } = JSON.parse(await readFile(registry.blob(pushed.digest), "utf8")) as {
    manifests?: readonly { digest: string; mediaType: string; platform?: { architecture?: string } }[];
  };
  if (manifests === undefined) return pushed;
  return manifests.find(({ platform }) => platform?.architecture === architecture) ?? manifests[0];
}
