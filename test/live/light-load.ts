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
    const request = index % 5 === 0 ? shop.tryOrder() : shop.send("GET", index % 2 === 0 ? "/orders?size=1" : "/myPages?size=1");
    open.push(request.then(({ status, headers }) => {
      versions.add(headers.get("x-version") ?? "");
      if (status >= 400) failures.push(`${status} after ${Date.now() - began} ms`);
    }, (error: Error) => void failures.push(`${error.message} after ${Date.now() - began} ms`)));
  }, 1000 / PER_SECOND);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
    return { sent: open.length, failures, versions };
  };
}
