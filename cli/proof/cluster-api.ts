import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiAnswer, ApiCall } from "../../experiments/ground.ts";
import { resolve } from "../../toolchain/tools/resolve.ts";
import { kubectlTarget } from "../stack/place.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";

/** A way to the API server with the rights of kubectl, without a process for each question. */
export interface ClusterApi {
  ask(call: ApiCall): Promise<ApiAnswer>;
  stop(): void;
}

const TIMEOUT_MS = 15_000;
const OPEN_MS = 15_000;

/** Ends what it started when its input ends: that happens even when this process is killed. */
const WHILE_WE_LIVE = '"$@" & p=$!; cat >/dev/null; kill $p';

/** Opens it at a socket in a folder that only this user may enter: whoever reaches it is an administrator of the cluster. */
export async function openClusterApi(settings: StackSettings): Promise<ClusterApi> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-prove-"));
  const socketPath = join(folder, "api");
  const proxy = [await resolve("kubectl"), ...kubectlTarget(settings), "proxy", `--unix-socket=${socketPath}`];
  // In a group of its own: Ctrl-C must not take away what putting everything back needs.
  const child = spawn("sh", ["-c", WHILE_WE_LIVE, "sh", ...proxy], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const agent = new Agent({ keepAlive: true });
  const stop = () => {
    agent.destroy();
    child.stdin?.end();
    rmSync(folder, { recursive: true, force: true });
  };
  const ask = (call: ApiCall) => send(socketPath, agent, call);
  if (await answers(child, ask)) return { ask, stop };
  stop();
  throw new UserError(
    `slipway prove: the cluster of stack "${settings.stack}" does not answer. Is it running? Look with: npx slipway status ${settings.stack}`,
    1,
  );
}

async function answers(child: ChildProcess, ask: ClusterApi["ask"]): Promise<boolean> {
  const deadline = Date.now() + OPEN_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await ask({ method: "GET", path: "/version" }).catch(() => null);
    if (answer?.status === 200) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}

function send(socketPath: string, agent: Agent, { method, path, body, type = "json" }: ApiCall): Promise<ApiAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    host: "localhost",
    ...(text === undefined ? {} : { "content-type": `application/${type}`, "content-length": Buffer.byteLength(text) }),
  };
  return new Promise((done, failed) => {
    const sent = request({ socketPath, agent, method, path, headers, timeout: TIMEOUT_MS }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", failed);
      answer.on("end", () => done({ status: answer.statusCode ?? 0, body: parsed(Buffer.concat(parts).toString()) }));
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer to ${method} ${path} within ${TIMEOUT_MS / 1000} s`)));
    sent.on("error", failed);
    sent.end(text);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
