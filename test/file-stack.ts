import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pulumiEnvironment } from "../toolchain/engine/pulumi-environment.ts";
import { quiet } from "../toolchain/machine/progress.ts";
import { inspectEntry } from "../toolchain/tools/cache-entry.ts";
import { toolSets } from "../toolchain/tools/catalogue/tools.ts";
import { entryFolder } from "../toolchain/tools/resolve.ts";
import { skip, skipInQuickGate } from "./skip.ts";

const run = promisify(execFile);
const NEEDED = ["pulumi", "kubernetes", "pulumi-resource-kubernetes", "pulumi-resource-random"] as const;
const project = join(import.meta.dirname, "..");

/** A small stack with the real engine, whose provider of Kubernetes writes files, so that no cluster is asked. */
export interface FileStack {
  readonly folder: string;
  /** Answers what the engine says on both streams. */
  pulumi(args: readonly string[], more?: NodeJS.ProcessEnv): Promise<{ stdout: string; stderr: string }>;
  /** Its program from now on. */
  write(program: string): void;
  remove(): void;
}

/** Makes one with its own state; leaves the suite out where the tools are not there. `before` calls it. */
export async function fileStack(context: Mocha.Context): Promise<FileStack> {
  skipInQuickGate(context, "the engine");
  for (const name of NEEDED) {
    if ((await inspectEntry(entryFolder(name, toolSets[name]))).state === "good") continue;
    return skip(context, `${name} is not in the cache; npx slipway start brings it`);
  }
  const stateHome = process.env["XDG_STATE_HOME"];
  const folder = mkdtempSync(join(tmpdir(), "slipway-file-stack-"));
  process.env["XDG_STATE_HOME"] = join(folder, "home");
  const env = { ...process.env, ...(await pulumiEnvironment(quiet)) };
  mkdirSync(join(folder, "files"));
  const settings = "name: shop\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n";
  writeFileSync(join(folder, "Pulumi.yaml"), settings);
  writeFileSync(join(folder, "package.json"), '{"name":"shop","version":"0.0.1","type":"module","main":"index.ts"}');
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  const pulumi: FileStack["pulumi"] = (args, more = {}) =>
    run("pulumi", [...args, "--stack", "dev"], { cwd: folder, env: { ...env, ...more } });
  await run("pulumi", ["stack", "init", "dev", "--non-interactive"], { cwd: folder, env });
  return {
    folder,
    pulumi,
    write: (program) => writeFileSync(join(folder, "index.ts"), program),
    remove() {
      if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
      else process.env["XDG_STATE_HOME"] = stateHome;
      rmSync(folder, { recursive: true });
    },
  };
}

/** The beginning of its program: the provider that writes files, and where this project lies. */
export function filesProvider(folder: string): string {
  return `import { Provider } from "@pulumi/kubernetes/provider.js";
const provider = new Provider("files", { renderYamlToDirectory: ${JSON.stringify(join(folder, "files"))} });
`;
}

/** Text of an import from this project. */
export function fromProject(names: string, file: string): string {
  return `import { ${names} } from ${JSON.stringify(join(project, file))};\n`;
}
