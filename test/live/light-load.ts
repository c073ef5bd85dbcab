import { setTimeout as sleep } from "node:timers/promises";
import type { Reply, Shop } from "./shop.ts";

/** What a bounded stream of requests met. */
export interface LoadResult {
  readonly sent: number;
  readonly failures: readonly string[];
  readonly limited: readonly Reply[];
}

/** Ends a stream of requests and says what it met. */
export type StopLoad = () => Promise<LoadResult>;

export interface Load {
  readonly perSecond: number;
  readonly seconds: number;
}

/** Sends the request again and again until told to stop, at the latest after the given time; the pace never waits for an answer. */
export function startLoad(
  { perSecond, seconds }: Load,
  request: (index: number) => readonly [what: string, reply: Promise<Reply>],
): StopLoad {
  const failures: string[] = [];
  const limited: Reply[] = [];
  const open: Promise<void>[] = [];
  const began = Date.now();
  const timer = setInterval(() => {
    if (Date.now() - began > seconds * 1000) return clearInterval(timer);
    const at = Date.now() - began;
    const [what, reply] = request(open.length);
    open.push(
      reply.then(
        (answer) => {
          if (answer.status === 429) limited.push(answer);
          if (answer.status >= 400)
            failures.push(`${what}, sent after ${at} ms: ${answer.status} ${JSON.stringify(answer.body)}`);
        },
        (error: Error) =>
          void failures.push(`${what}, sent after ${at} ms: ${error.message} ${String(error.cause ?? "")}`),
      ),
    );
  }, 1000 / perSecond);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
    return { sent: open.length, failures, limited };
  };
}

/** Well under what the entry allows one client, and it ends by itself, whatever the test forgets. */
const LIGHT: Load = { perSecond: 10, seconds: 300 };

/** Sends reads and orders at a steady pace. */
export function startLightLoad(shop: Shop, seconds = LIGHT.seconds): StopLoad {
  return startLoad({ ...LIGHT, seconds }, (index) => {
    if (index % 5 === 0) return ["an order", shop.tryOrder()];
    const path = index % 2 === 0 ? "/orders?size=1" : "/myPages?size=1";
    return [path, shop.send("GET", path)];
  });
}

/** The load goes on for so long after the work, in ms: what has only just changed is asked too, however quick it was. */
const AFTER = 5_000;

/** The load lasts as long as the work and a little longer. */
export async function during(stop: StopLoad, work: () => Promise<void>): Promise<LoadResult> {
  try {
    await work();
    await sleep(AFTER);
  } finally {
    await stop();
  }
  return stop();
}
