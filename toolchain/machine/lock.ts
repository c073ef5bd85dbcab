import { connect, createServer } from "node:net";
import type { Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs `work` while this process alone holds the lock called `name`.
 * The lock is a listening abstract socket: the kernel frees it however the holder ends, so no stale lock can exist.
 */
export async function withLock<T>(name: string, onWait: (holder: string) => void, work: () => Promise<T>): Promise<T> {
  let told = false;
  for (;;) {
    const server = await tryLock(name);
    if (server !== undefined) {
      try {
        return await work();
      } finally {
        server.close();
      }
    }
    if (!told) onWait(await holderOf(name));
    told = true;
    await sleep(200);
  }
}

/** Takes the lock, or answers undefined when somebody holds it. */
export async function tryLock(name: string): Promise<Server | undefined> {
  const server = createServer((client) => client.end(String(process.pid)));
  return await new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(address(name), () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Process id of the holder as text, or "unknown" when it just let go. */
export async function holderOf(name: string): Promise<string> {
  return await new Promise((resolve) => {
    let answer = "";
    const socket = connect(address(name));
    socket.setTimeout(1000, () => socket.destroy());
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer === "" ? "unknown" : answer));
  });
}

function address(name: string): string {
  return `\0slipway:${name}`;
}
