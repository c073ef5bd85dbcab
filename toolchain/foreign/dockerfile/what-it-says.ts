import { Cmd, Entrypoint, Env, type Instruction, type JSONInstruction, User, Workdir } from "dockerfile-ast";
import { lastStage, type Stage } from "./stages.ts";

/** What a Dockerfile says of the program it packs, without being built; what its base says is not in it. */
export interface Said {
  /** Base of the stage that becomes the image. */
  readonly base: string;
  /** As written by `USER`; undefined where the base decides. */
  readonly user: string | undefined;
  /** Ports named by `EXPOSE`, without those that an `ARG` or `ENV` decides and UDP. */
  readonly ports: readonly number[];
  /** As written by `ENTRYPOINT` and `CMD`; a text is run by a shell. */
  readonly entrypoint: readonly string[] | string | undefined;
  readonly command: readonly string[] | string | undefined;
  readonly folder: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** Reads the stage that becomes the image, with the stages it starts from. */
export function whatItSays(stages: readonly Stage[], target?: string): Said {
  const chain = stagesBelow(stages, lastStage(stages, target));
  const lines = chain.flatMap(({ instructions }) => instructions);
  const last = <T extends Instruction>(kind: new (...args: never[]) => T) =>
    lines.findLast((line) => line instanceof kind) as T | undefined;
  const entrypoint = last(Entrypoint);
  const command = last(Cmd);
  // An entry point takes away what the base, or a stage below, said to run.
  const overridden =
    entrypoint !== undefined && command !== undefined && stageOf(chain, command) < stageOf(chain, entrypoint);
  return {
    base: chain[0]?.from ?? "",
    user: last(User)?.getArgumentsContent()?.trim(),
    ports: [...new Set(lines.flatMap(exposed))].sort((a, b) => a - b),
    entrypoint: entrypoint && started(entrypoint),
    command: command === undefined || overridden ? undefined : started(command),
    folder: last(Workdir)?.getArgumentsContent() ?? undefined,
    variables: Object.fromEntries(lines.flatMap(set)),
  };
}

/** The stage and those it starts from, the lowest first. */
function stagesBelow(stages: readonly Stage[], stage: Stage | undefined): Stage[] {
  if (stage === undefined) return [];
  const before = stages.slice(0, stages.indexOf(stage));
  const below = before.findLast(({ name }) => name !== "" && name === stage.from.toLowerCase());
  return [...stagesBelow(stages, below), stage];
}

function stageOf(chain: readonly Stage[], line: Instruction): number {
  return chain.findIndex(({ instructions }) => instructions.includes(line));
}

function exposed(line: Instruction): number[] {
  if (line.getKeyword() !== "EXPOSE") return [];
  const ports = line.getArguments().map((argument) => /^(\d+)(?:\/tcp)?$/i.exec(argument.getValue())?.[1]);
  return ports.flatMap((port) => (port === undefined ? [] : [Number(port)]));
}

function started(line: JSONInstruction): readonly string[] | string {
  const words = line.getJSONStrings();
  return words.length > 0 ? words.map((word) => word.getJSONValue()) : (line.getArgumentsContent() ?? "");
}

function set(line: Instruction): [string, string][] {
  return line instanceof Env
    ? line.getProperties().map((property) => [property.getName(), property.getValue() ?? ""])
    : [];
}
