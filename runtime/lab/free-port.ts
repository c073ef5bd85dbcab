import { createServer } from "node:net";

/** Below the ports that the kernel gives to whoever asks for any (from 32768), so nobody gets one between its choice and its use. */
const FIRST = 20_000;
const BLOCKS = 100;
const SIZE = 100;

let last: Promise<number> = Promise.resolve(0);

/** A port that nobody listens on, and that no other process of the tests chooses: each has a block of its own for as long as it lives. */
export function freePort(): Promise<number> {
  last = last.then(after);
  return last;
}

async function after(previous: number): Promise<number> {
  for (let port = previous + 1; ; port++) {
    if (previous === 0 || port % SIZE === 0) return after(await takeBlock());
    if (await bound(port, "close")) return port;
  }
}

/** The first block whose first port can be held; answers that port. */
async function takeBlock(): Promise<number> {
  for (let block = 0; block < BLOCKS; block++) {
    const first = FIRST + block * SIZE;
    if (await bound(first, "keep")) return first;
  }
  throw new Error(`all ports from ${FIRST} to ${FIRST + BLOCKS * SIZE - 1} are taken`);
}

/** Services listen on all addresses, so a port is free only where all of them are. */
function bound(port: number, then: "keep" | "close"): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once("error", () => resolve(false))
      .listen(port, () => {
        if (then === "close") server.close(() => resolve(true));
        else resolve(true);
      });
    server.unref();
  });
}
