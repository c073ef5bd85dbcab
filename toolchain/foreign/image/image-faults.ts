import { posix } from "node:path";
import type { ImageStore } from "../../image-build/image-store.ts";
import { type ImageFacts, imageFacts } from "./image-facts.ts";
import { type ImageFile, ImageFiles } from "./image-files.ts";

/** What a pod does with an image. */
export interface Use {
  /** User and group that it runs as. */
  readonly user: number;
  /** What it starts instead of the image's own program. */
  readonly run: readonly string[] | null;
  /** Other commands in the same container, and what for: `health`, `migration`. */
  readonly commands: readonly { readonly what: string; readonly command: readonly string[] }[];
}

const STANDARD_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Why a stored image cannot be used as a pod will use it; a pod would say the same, after minutes. Empty where it can. */
export async function imageFaults(store: ImageStore, reference: string, use: Use): Promise<string[]> {
  const image = store.find(reference);
  if (image === undefined) throw new Error(`image ${reference} is not in ${store.folder}`);
  return faultsOf(imageFacts(store, reference), await ImageFiles.of(store, image.manifest), use);
}

/** The same of what was read of it. */
export function faultsOf(facts: ImageFacts, files: ImageFiles, { user, run, commands }: Use): string[] {
  const started = run ?? [...facts.entrypoint, ...facts.command];
  if (started.length === 0)
    return ['the image starts nothing of its own (no ENTRYPOINT, no CMD). Fix: say in "run" what it starts'];
  const all = [{ what: run === null ? "its own program" : '"run"', command: started }, ...commands];
  return all.flatMap(({ what, command }) => commandFault(what, command[0] ?? "", { facts, files, user }) ?? []);
}

interface Inside {
  readonly facts: ImageFacts;
  readonly files: ImageFiles;
  readonly user: number;
}

function commandFault(what: string, program: string, { facts, files, user }: Inside): string | undefined {
  const candidates = placesOf(program, facts);
  const found = candidates.flatMap((path) => files.find(path) ?? [])[0];
  const isShell = /(^|\/)(ba|da|a)?sh$/.test(program);
  if (found === undefined)
    return isShell
      ? `${what} runs "${program}", and the image has no shell. Fix: name the program itself, or ask health by HTTP, gRPC or TCP`
      : `${what} runs "${program}", which is not in the image (looked for at ${candidates.join(", ")}). Fix: name what is there`;
  const closed = files.above(found.path).find((path) => !may(files.find(path)?.file, user, "x"));
  const stopped = closed ?? (may(found.file, user, "x") ? undefined : found.path);
  if (stopped === undefined) return undefined;
  const { mode, user: owner, group } = files.find(stopped)?.file ?? found.file;
  const own = facts.asRoot ? "The image runs as root by itself, and no pod may. " : "";
  return `${what} runs ${found.path}, which user ${user} may not: ${stopped} is ${mode} of user ${owner} and group ${group}. ${own}Fix: open it in the Dockerfile (\`COPY --chmod=755\`, or \`RUN chmod -R a+rX\`), or say in "needs" that the user is ${owner === 0 ? "one that it belongs to" : owner}`;
}

/** Where a program may lie: at its path, or in each folder of the image's PATH. */
function placesOf(program: string, { folder, variables }: ImageFacts): string[] {
  if (program.includes("/")) return [posix.resolve(folder, program)];
  const path = variables.find((line) => line.startsWith("PATH="))?.slice(5) ?? STANDARD_PATH;
  return path.split(":").map((place) => posix.join(place, program));
}

function may(file: ImageFile | undefined, user: number, right: "r" | "x"): boolean {
  if (file === undefined) return false;
  const who = file.user === user ? 1 : file.group === user ? 4 : 7;
  const place = file.mode[who + (right === "r" ? 0 : 2)] ?? "-";
  return place !== "-" && place !== "S" && place !== "T";
}
