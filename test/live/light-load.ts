import type { Shop } from "./shop.ts";

/** What a bounded stream of requests met. */
export interface LoadResult { readonly sent: number; readonly failures: readonly string[]; readonly versions: ReadonlySet<string> }

/** Requests a second: well under what the entry allows one client. */
const PER_SECOND = 10;
/** A run ends by itself, whatever the test forgets. */
const MAX_SECONDS = 300;

/** Sends reads and orders at a steady pace until told to stop; the pace never waits for an answer. */
export function startLightLoad(shop: Shop, seconds = MAX_SECONDS): () => Promise<LoadResult> {
  const failures: string[] = [];
  const versions = new Set<string>();
  const open: Promise<void>[] = [];
  const began = Date.now();
  const timer = setInterval(() => {
    if (Date.now() - began > seconds * 1000) clearInterval(timer);
    const index = open.length;
    const what = index % 5 === 0 ? "an order" : index % 2 === 0 ? "/orders?size=1" : "/myPages?size=1";
    const at = Date.now() - began;
    const request = what === "an order" ? shop.tryOrder() : shop.send("GET", what);
    open.push(request.then(({ status, headers, body }) => {
      versions.add(headers.get("x-version") ?? "");
      if (status >= 400) failures.push(`${what}, sent after ${at} ms: ${status} ${JSON.stringify(body)}`);
    }, (error: Error) => void failures.push(`${what}, sent after ${at} ms: ${error.message} ${String(error.cause ?? "")}`)));
  }, 1000 / PER_SECOND);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
    return { sent: open.length, failures, versions };
  };
}
