import { createWriteStream } from "node:fs";
import { chmod, mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Architecture, ARCHITECTURE } from "../../machine/machine.ts";
import type { Step } from "../../machine/progress.ts";
import type { Download, DownloadFile } from "../catalogue/recipe.ts";
import { runProgram } from "../../machine/run-program.ts";
import { sha256 } from "../../machine/sha256.ts";

/** How long a publisher may take to answer; after it, the next source is tried. */
const ANSWER_TIMEOUT_MS = 5_000;
/** How long a download may stand still. */
const STALL_TIMEOUT_MS = 30_000;
/** Hosts that did not answer; asked once in a process, so that a machine without internet fails fast. */
const unreachable = new Set<string>();

/** A download that fits no published checksum: never used, and never replaced silently by another source. */
export class ChecksumMismatch extends Error {
  constructor(url: string, found: string, wanted: string) {
    super(
      `${url}: SHA-256 is ${found}, the publisher says ${wanted}. The file was deleted.\nNext: run the command again; if it happens twice, do not use this network.`,
    );
    this.name = "ChecksumMismatch";
  }
}

/** Fetches every file of a download into `folder`; throws when one cannot be had. */
export async function fetchDownload(
  download: Download,
  folder: string,
  step: Step,
  architecture: Architecture = ARCHITECTURE,
): Promise<void> {
  for (const file of download.files) await fetchFile(file, folder, step, architecture);
}

async function fetchFile(file: DownloadFile, folder: string, step: Step, architecture: Architecture): Promise<void> {
  const url = addressFor(file.url, architecture);
  const wanted =
    typeof file.sha256 === "string"
      ? await publishedSum(addressFor(file.sha256, architecture), basename(url))
      : file.sha256[architecture];
  const target = join(folder, file.unpack ? `${basename(url)}.part` : file.to);
  await mkdir(dirname(target), { recursive: true });
  await save(url, target, step);
  const found = await sha256(target);
  if (found !== wanted) {
    await rm(target);
    throw new ChecksumMismatch(url, found, wanted);
  }
  if (!file.unpack) return await chmod(target, 0o755);
  await mkdir(join(folder, file.to), { recursive: true });
  await runProgram("tar", [
    "-xzf",
    target,
    "-C",
    join(folder, file.to),
    `--strip-components=${file.unpack.strip}`,
    "--no-same-owner",
  ]);
  await rm(target);
}

/** Writes an address's content to a file; gives up when nothing arrives for a while. */
async function save(url: string, target: string, step: Step): Promise<void> {
  const response = await request(url);
  if (response.body === null) throw new Error(`${url}: empty answer`);
  const stalled = new AbortController();
  const timer = setTimeout(
    () => stalled.abort(new Error(`${url}: nothing arrived for ${STALL_TIMEOUT_MS / 1000} s`)),
    STALL_TIMEOUT_MS,
  );
  const total = Number(response.headers.get("content-length") ?? 0);
  let received = 0;
  const count = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      timer.refresh();
      received += chunk.length;
      step.note(`downloading ${basename(url)}, ${megabytes(received)}${total > 0 ? ` of ${megabytes(total)}` : ""}`);
      yield chunk;
    }
  };
  try {
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(target), { signal: stalled.signal });
  } catch (error) {
    throw stalled.signal.aborted ? stalled.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

/** The sum of one file from a publisher's list, or from a file that holds only a sum. */
async function publishedSum(url: string, name: string): Promise<string> {
  const text = await (await request(url)).text();
  const line = text.split("\n").find((candidate) => candidate.trimEnd().endsWith(name)) ?? text;
  const sum = /\b[0-9a-f]{64}\b/.exec(line)?.[0];
  if (sum === undefined) throw new Error(`${url}: no SHA-256 of ${name} in it`);
  return sum;
}

async function request(url: string): Promise<Response> {
  const { host } = new URL(url);
  if (unreachable.has(host)) throw new Error(`${host} does not answer`);
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), ANSWER_TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: timeout.signal });
    if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
    return response;
  } catch (error) {
    if (error instanceof Error && error.message.includes(": HTTP ")) throw error;
    unreachable.add(host);
    throw new Error(`${host} does not answer`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function addressFor(url: string, architecture: Architecture): string {
  return url.replaceAll("{arch}", architecture).replaceAll("{node}", architecture === "arm64" ? "arm64" : "x64");
}
