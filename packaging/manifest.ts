import { DOORS } from "./doors.ts";

/** The parts of this repository's package.json that the package's own is made from. */
export interface OwnManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly homepage?: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Oldest Node.js that runs the package; `packaging/bin.mjs` reads it and refuses an older one. */
const OLDEST_NODE = "22.18";

/** What `check`, `init` and `plan` need: all that comes with the package. */
const ALWAYS = [
  "@balena/dockerignore",
  "@lezer/highlight",
  "@lezer/lr",
  "@prometheus-io/lezer-promql",
  "citty",
  "dockerfile-ast",
  "js-yaml",
  "yaml",
] as const;

/** Puts programs on the kit into one file; here it is a tool of development. */
const BUNDLER = "esbuild";

/**
 * The package's own package.json. Everything but the few packages above is a peer that nobody has to install who does not use it: two
 * copies of Pulumi's SDK do not know each other's resources, and who only checks manifests wants neither.
 */
export function packageManifest(own: OwnManifest): object {
  const { name, version, description, license, homepage, dependencies, devDependencies } = own;
  const always = ALWAYS.map((needed) => [needed, range(dependencies[needed] ?? "")] as const);
  const peers = Object.entries({ ...dependencies, [BUNDLER]: devDependencies[BUNDLER] ?? "" })
    .filter(([peer]) => !ALWAYS.some((needed) => needed === peer))
    .map(([peer, exact]) => [peer, range(exact)] as const);
  const doors = Object.entries(DOORS).map(([door, file]) => [door, doorOf(file)] as const);
  return {
    ...{ name, version, description, license, ...(homepage !== undefined && { homepage }) },
    type: "module",
    engines: { node: `>=${OLDEST_NODE}` },
    bin: { slipway: "bin.mjs" },
    exports: {
      ...Object.fromEntries(doors),
      "./package.json": "./package.json",
    },
    types: doorOf(DOORS["."] ?? "").types,
    typesVersions: { "*": Object.fromEntries(doors.slice(1).map(([door, { types }]) => [door.slice(2), [types]])) },
    files: ["**/*"],
    dependencies: Object.fromEntries(always),
    peerDependencies: Object.fromEntries(peers),
    peerDependenciesMeta: Object.fromEntries(peers.map(([peer]) => [peer, { optional: true }])),
  };
}

function doorOf(file: string): { readonly types: string; readonly default: string } {
  const path = `./${file.replace(/\.ts$/, "")}`;
  return { types: `${path}.d.ts`, default: `${path}.js` };
}

/** What this version was tried with, and everything after it that its numbering calls compatible. */
function range(exact: string): string {
  return exact.startsWith("0.0.") ? `>=${exact} <0.1.0` : `^${exact}`;
}
