import { homedir } from "node:os";
import { join } from "node:path";

/** Where downloaded and built things are kept; safe to delete at any time. */
export function cacheHome(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "slipway");
}

/** Lock of work on something in the cache. */
export function cacheLock(name: string): string {
  return join(cacheHome(), "locks", name);
}

/** Where things are kept that cannot be made again: Pulumi's state, its passphrase, clusters. */
export function stateHome(): string {
  return join(process.env["XDG_STATE_HOME"] || join(homedir(), ".local", "state"), "slipway");
}
