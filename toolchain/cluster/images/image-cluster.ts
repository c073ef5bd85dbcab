import { existsSync } from "node:fs";
import { join } from "node:path";
import { clusterFolders } from "../config/folders.ts";
import { resolve } from "../../tools/resolve.ts";
import { runProgram } from "../../machine/run-program.ts";

/** References the containerd of an embedded cluster holds. */
export async function clusterImages(cluster: string): Promise<ReadonlySet<string>> {
  return new Set((await ctr(cluster, ["images", "list", "--quiet"])).split("\n"));
}

/** Imports an archive into the containerd of an embedded cluster; pods see its images at once. */
export async function importArchive(cluster: string, tar: string): Promise<void> {
  await ctr(cluster, ["images", "import", tar]);
}

/** Whether containerd holds a layer already. Its store is a folder of files named by digest. */
export function clusterHas(cluster: string): (digest: string) => boolean {
  const store = join(clusterFolders(cluster).state, "containerd/io.containerd.content.v1.content/blobs/sha256");
  return (digest) => existsSync(join(store, digest.replace("sha256:", "")));
}

async function ctr(cluster: string, args: readonly string[]): Promise<string> {
  const socket = join(clusterFolders(cluster).run, "containerd.sock");
  if (!existsSync(socket)) {
    throw new Error(
      `cluster "${cluster}" does not run (no ${socket}), so it can take no images.\nNext: slipway cluster up ${cluster}`,
    );
  }
  return await runProgram(join(await resolve("containerd"), "ctr"), [
    "--address",
    socket,
    "--namespace",
    "k8s.io",
    ...args,
  ]);
}
