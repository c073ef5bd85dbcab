import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ToolSet } from "./catalogue/recipe.ts";

/** A publisher on this machine that offers one program; tests count what is asked of it. */
export interface TestPublisher extends AsyncDisposable {
  readonly requests: string[];
  /** A tool set that is downloaded from here. */
  readonly set: ToolSet;
}

export interface PublisherOptions {
  /** The pinned sum; that of the content when left out. */
  readonly sha256?: string;
  /** What is served instead of the program that was pinned. */
  readonly swapped?: string;
  /** How long the content takes to arrive. */
  readonly slowMs?: number;
}

const CONTENT = "#!/bin/sh\necho it runs\n";

const sum = (content: string) => createHash("sha256").update(content).digest("hex");

/** Starts a publisher of a program called `tool`. */
export async function startPublisher({ sha256, swapped, slowMs = 0 }: PublisherOptions = {}): Promise<TestPublisher> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    const content = swapped ?? CONTENT;
    if (request.url === "/tool.sha256") return void response.end(sum(content)); // whoever swaps the file swaps this too
    response.write(content.slice(0, 5));
    setTimeout(() => response.end(content.slice(5)), slowMs);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const pinned = sha256 ?? sum(CONTENT);
  const file = { url: `http://127.0.0.1:${port}/tool`, sha256: { amd64: pinned, arm64: pinned }, to: "bin/tool" };
  const set: ToolSet = {
    purpose: "test",
    version: "1.0",
    tools: { tool: "bin/tool" },
    download: { files: [file] },
    build: [],
    minutes: 1,
    megabytes: 1,
  };
  return {
    requests,
    set,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

/** An empty cache that this process uses until it is disposed of. */
export function emptyCache(): Disposable & { readonly folder: string } {
  const before = process.env["XDG_CACHE_HOME"];
  const folder = mkdtempSync(join(tmpdir(), "slipway-cache-"));
  process.env["XDG_CACHE_HOME"] = folder;
  return {
    folder,
    [Symbol.dispose]() {
      if (before === undefined) delete process.env["XDG_CACHE_HOME"];
      else process.env["XDG_CACHE_HOME"] = before;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
