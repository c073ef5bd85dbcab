import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import type { Plugin } from "esbuild";

// CommonJS packages inside an ES module still call require for Node's own modules.
const banner =
  'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);';

/**
 * One file that runs without node_modules, from the project file `entry`. There is no source map: node would keep
 * about 60 MiB of it in every replica once the first stack trace is printed, and the bundle is readable as it is. Returns the project files it contains.
 */
export async function bundle(root: string, entry: string, outfile: string): Promise<string[]> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    // Paths in the bundle are relative to the project's root, so the same sources give the same bytes on every machine.
    outfile: join(root, basename(outfile)),
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    legalComments: "eof",
    banner: { js: banner },
    plugins: [packages],
    metafile: true,
    logLevel: "silent", // the thrown error says it all
  });
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, outputFiles[0]?.contents ?? "");
  return Object.keys(metafile.inputs)
    .filter((file) => !file.includes("node_modules/"))
    .map((file) => join(file))
    .sort();
}

const readsBeside = /readFileSync\(\s*new URL\(\s*(["'])(.+?)\1,\s*import\.meta\.url\s*\)\s*\)/g;

/** What a package reads from beside itself (WebAssembly) moves into the bundle. */
const packages: Plugin = {
  name: "packages",
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/.*\.m?js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [whole, , file = ""] of contents.matchAll(readsBeside)) {
        contents = contents.replace(
          whole,
          `Buffer.from("${await readFile(join(dirname(path), file), "base64")}", "base64")`,
        );
      }
      return { contents };
    });
  },
};
