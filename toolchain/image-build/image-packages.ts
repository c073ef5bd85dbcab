/** The part of package-lock.json that matters here. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * The locked packages that `names` bring with them, as sorted `path@version integrity` lines.
 * Only these are inputs of a bundle: a new linter must not roll every service.
 */
export function lockedPackages(lock: Lockfile, names: readonly string[]): string[] {
  const found = new Map<string, string>();
  const visit = (from: string, name: string): void => {
    const path = locate(lock, from, name);
    if (path === undefined || found.has(path)) return; // optional ones for other machines are not locked
    const { version, integrity, ...rest } = lock.packages[path] ?? {};
    found.set(path, `${path}@${version ?? ""} ${integrity ?? ""}`);
    const wanted = { ...rest.dependencies, ...rest.optionalDependencies, ...rest.peerDependencies };
    for (const dependency of Object.keys(wanted)) visit(path, dependency);
  };
  for (const name of names) visit("", name);
  return [...found.values()].sort();
}

/** Node's own search: beside the importer, then in each folder above. */
function locate(lock: Lockfile, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf("/node_modules/"), 0))) {
    const path = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (path in lock.packages) return path;
    if (folder === "") return undefined;
  }
}
