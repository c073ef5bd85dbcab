import { createWriteStream } from "node:fs";
import { chmod, mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Architecture, ARCHITECTURE } from "../../machine/machine.ts";
import type { Step } from "../../machine/progress.ts";
import type { Download, DownloadFile } from "../catalogue/recipe.ts";
import { runProgram } from "../../machine/run-program.ts";
import { requireSum } from "./require-sum.ts";

/** How long a publisher may take to answer; after it, the next source is tried. */
const ANSWER_TIMEOUT_MS = 5_000;
/** How long a download may stand still. */
const STALL_TIMEOUT_MS = 30_000;
/** Hosts that did not answer; asked once in a process, so that a machine without internet fails fast. */
const unreachable = new Set<string>();

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
  const target = join(folder, file.unpack ? `${basename(url)}.part` : file.to);
  await mkdir(dirname(target), { recursive: true });
  await save(url, target, step);
  await requireSum(target, file.sha256[architecture], url);
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
