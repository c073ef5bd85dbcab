import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import type { Plugin } from "esbuild";

// CommonJS packages inside an ES module still call require for Node's own modules.
const banner = 'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);';

/**
 * One file that runs without node_modules, from the project file `entry`. Source maps are inside, without the sources'
 * text: stack traces name the TypeScript lines; node reads the map only when it prints one. Returns the project files it contains.
 */
export async function bundle(root: string, entry: string, outfile: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root, // paths in the bundle are relative to it, so the same sources give the same bytes anywhere
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    sourcemap: "inline",
    sourcesContent: false,
    legalComments: "eof",
    banner: { js: banner },
    plugins: [packages],
    metafile: true,
    logLevel: "silent", // the thrown error says it all
  });
  return Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules/")).map((file) => join(file)).sort();
}

const readsBeside = /readFileSync\(\s*new URL\(\s*(["'])(.+?)\1,\s*import\.meta\.url\s*\)\s*\)/g;

/** What a package reads from beside itself (WebAssembly) moves into the bundle. */
const packages: Plugin = {
  name: "packages",
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/.*\.m?js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [whole, , file = ""] of contents.matchAll(readsBeside)) {
        contents = contents.replace(whole, `Buffer.from("${await readFile(join(dirname(path), file), "base64")}", "base64")`);
      }
      return { contents };
    });
  },
};
