import { join } from "node:path";
import { ARCHITECTURE } from "../../machine/machine.ts";
import type { Step } from "../../machine/progress.ts";
import { runProgram } from "../../machine/run-program.ts";
import { resolve } from "../../tools/resolve.ts";
import { BuildLog } from "./build-log.ts";

/** One image to be built. */
export interface Solve {
  readonly context: string;
  /** Folder and name of the Dockerfile. */
  readonly dockerfile: { readonly folder: string; readonly name: string };
  readonly target?: string;
  readonly args?: Readonly<Record<string, string>>;
  /** What answers the names of bases; one that is not here is asked of its registry. */
  readonly bases: ReadonlyMap<string, BaseSource>;
}

/** Where a base, or a folder under the name of one, is taken from instead of its own registry. */
export type BaseSource =
  | { readonly kind: "layout"; readonly folder: string; readonly digest: string }
  | { readonly kind: "image"; readonly reference: string }
  | { readonly kind: "folder"; readonly folder: string };

/** A step shows this much of what is being done. */
const LONGEST_NOTE = 60;
/** Variables of a proxy, which every Dockerfile may use without an `ARG` and no image keeps. */
const PROXY = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];

/** Builds it and writes it as an OCI layout to `output`. A Dockerfile that does not build is a fault with the step and its last lines. */
export async function solve(address: string, request: Solve, output: string, step: Step): Promise<void> {
  const log = new BuildLog();
  const onLine = (line: string) => {
    const note = log.read(line);
    if (note !== undefined) step.note(note.slice(0, LONGEST_NOTE));
    step.raw(line);
  };
  // Only this client reads how the user is signed in at registries; the builder, and what it runs, does not.
  const args = ["--addr", address, "build", "--progress", "plain", ...solveArguments(request, output)];
  await runProgram(await resolve("buildctl"), args, { env: process.env, onLine }).catch((error: unknown) => {
    throw log.fault(join(request.dockerfile.folder, request.dockerfile.name)) ?? error;
  });
}

/** Arguments of the builder's client. */
export function solveArguments(request: Solve, output: string, env: NodeJS.ProcessEnv = process.env): string[] {
  const { context, dockerfile, target, args = {}, bases } = request;
  const proxy = PROXY.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  const options = [
    `filename=${dockerfile.name}`,
    "cmdline=none", // "# syntax=" would fetch another reader of Dockerfiles; the one inside reads them all
    `platform=linux/${ARCHITECTURE}`,
    ...(target === undefined ? [] : [`target=${target}`]),
    ...[...proxy, ...Object.entries(args)].map(([name, value]) => `build-arg:${name}=${value}`),
  ];
  const lent: string[] = [];
  for (const [name, source] of bases) {
    if (source.kind === "image") options.push(`context:${name}=docker-image://${source.reference}`);
    else {
      const store = `base${lent.length}`; // names of images hold signs that the names of stores may not
      const isLayout = source.kind === "layout";
      lent.push(isLayout ? "--oci-layout" : "--local", `${store}=${source.folder}`);
      options.push(`context:${name}=${isLayout ? `oci-layout://${store}@${source.digest}` : `local:${store}`}`);
    }
  }
  return [
    ...["--frontend", "dockerfile.v0"],
    ...["--local", `context=${context}`, "--local", `dockerfile=${dockerfile.folder}`],
    ...options.flatMap((option) => ["--opt", option]),
    ...lent,
    ...["--output", `type=oci,dest=${output},tar=false,compression=uncompressed`],
  ];
}
