import { isAllowed } from "./licence.ts";
import type { Objection } from "./exceptions.ts";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>;
}

/** Packages of a lock file, this project's own left out, whose licence is not allowed everywhere; npm records licences there. */
export function npmObjections(lock: string): { readonly packages: number; readonly objections: Objection[] } {
  const packages = Object.entries((JSON.parse(lock) as Lock).packages).filter(([path]) => path !== "");
  return {
    packages: packages.length,
    objections: packages
      .map(([path, { version = "", license = "no licence recorded" }]) => ({
        of: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
        version,
        found: license,
      }))
      .filter(({ found }) => !isAllowed(found)),
  };
}
