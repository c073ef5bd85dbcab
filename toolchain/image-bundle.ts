import { join } from "node:path";
import { build } from "esbuild";

// CommonJS packages inside an ES module still call require for Node's own modules.
const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/**
 * One file that runs without node_modules, from the project file `entry`. Source maps are inside, without the sources'
 * text: stack traces name the TypeScript lines and the file stays small. Returns the project files it contains.
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
    metafile: true,
    logLevel: "silent", // the thrown error says it all
  });
  return Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules/")).map((file) => join(file)).sort();
}
