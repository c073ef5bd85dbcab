import { type Flag, From, type Instruction, ModifiableInstruction, DockerfileParser } from "dockerfile-ast";
import { BuildFault } from "../build-fault.ts";
import { expanded } from "./expanded.ts";

/** A part of a Dockerfile that begins with `FROM`. */
export interface Stage {
  /** Name given by `AS`, in lower case as builders compare it; empty where it has none. */
  readonly name: string;
  /** What it starts from, with its `ARG`s put in: an image, or the name of an earlier stage. */
  readonly from: string;
  /** What else it takes files from: images, names of stages, or their numbers. */
  readonly takes: readonly string[];
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile, in order. */
export function stagesOf(text: string, args: Readonly<Record<string, string>> = {}): Stage[] {
  const dockerfile = DockerfileParser.parse(text);
  const values = new Map<string, string>(Object.entries(PLATFORM));
  for (const property of dockerfile.getInitialARGs().map((arg) => arg.getProperty())) {
    const name = property?.getName() ?? "";
    const value = args[name] ?? expanded(property?.getValue() ?? "", values);
    if (!values.has(name) || value !== "") values.set(name, value);
  }
  const stages: { from: From; instructions: Instruction[] }[] = [];
  for (const instruction of dockerfile.getInstructions()) {
    if (instruction instanceof From) stages.push({ from: instruction, instructions: [] });
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages.map(({ from, instructions }) => ({
    name: (from.getBuildStage() ?? "").toLowerCase(),
    from: expanded(from.getImage() ?? "", values),
    takes: instructions.flatMap(takenFrom),
    instructions,
  }));
}

/** What a `FROM` may say without an `ARG`; which processor it is does not change the name of a base. */
const PLATFORM = {
  TARGETOS: "linux",
  TARGETARCH: process.arch === "arm64" ? "arm64" : "amd64",
  BUILDOS: "linux",
  BUILDARCH: process.arch === "arm64" ? "arm64" : "amd64",
} as const;

/** `COPY --from=x` and `RUN --mount=from=x`. */
function takenFrom(instruction: Instruction): string[] {
  const flags = instruction instanceof ModifiableInstruction ? instruction.getFlags() : [];
  return flags.flatMap((flag) => source(flag) ?? []).filter((name) => name !== "");
}

function source(flag: Flag): string | undefined {
  if (flag.getName() === "from") return flag.getValue() ?? undefined;
  if (flag.getName() !== "mount") return undefined;
  return /(?:^|,)from=([^,]+)/.exec(flag.getValue() ?? "")?.[1];
}

/**
 * Names of the images that a build needs, each once: what its target starts from and copies from, and so on for the stages those are.
 * Throws a fault when there is no such target.
 */
export function imagesNamed(stages: readonly Stage[], target?: string): string[] {
  const images = new Set<string>();
  const seen = new Set<Stage>();
  const visit = (stage: Stage): void => {
    if (seen.has(stage)) return;
    seen.add(stage);
    const before = stages.slice(0, stages.indexOf(stage));
    for (const name of [stage.from, ...stage.takes]) {
      const other = before.findLast((earlier) => earlier.name !== "" && earlier.name === name.toLowerCase());
      const numbered = name === stage.from || !/^\d+$/.test(name) ? undefined : before[Number(name)];
      const found = other ?? numbered;
      if (found !== undefined) visit(found);
      else if (name !== "scratch") images.add(name);
    }
  };
  const last = lastStage(stages, target);
  if (last !== undefined) visit(last);
  return [...images];
}

/** The stage that becomes the image. */
export function lastStage(stages: readonly Stage[], target?: string): Stage | undefined {
  if (target === undefined) return stages.at(-1);
  const found =
    stages.findLast(({ name }) => name === target.toLowerCase()) ??
    (/^\d+$/.test(target) ? stages[Number(target)] : undefined);
  if (found !== undefined) return found;
  const names = stages.flatMap(({ name }) => (name === "" ? [] : [name]));
  throw new BuildFault(
    `the Dockerfile has no stage "${target}"`,
    names.length > 0 ? `write one of ${names.join(", ")} in "target"` : 'leave "target" out: it names no stage',
  );
}
