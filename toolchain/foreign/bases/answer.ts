import { BuildFault } from "../build-fault.ts";
import type { BaseSource } from "../buildkit/solve.ts";
import { type BaseName, baseName, fullName, shortName } from "./base-name.ts";
import type { LocalBase } from "./local-bases.ts";
import { MIRROR_TABLE, type MirrorTable, mirrored } from "./mirror-table.ts";

/** What a machine can answer bases with. */
export interface Sources {
  readonly table: MirrorTable;
  readonly local: readonly LocalBase[];
  readonly answers: (registry: string) => Promise<boolean>;
}

/** How one base is answered. */
export type Answer = BaseSource | { readonly kind: "registry" } | { readonly kind: "local"; readonly base: LocalBase };

/**
 * How each base of a build is answered, by its short name: by the machine's table, else by its registry, else by a base of that very name and
 * version made here; never by another version under that name. All that cannot be had are told at once.
 */
export async function answerBases(names: readonly string[], sources: Sources): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const faults: string[] = [];
  for (const text of names) {
    const name = baseName(text);
    const answer = name === undefined ? `"${text}" is no name of an image` : await answerBase(name, sources);
    if (typeof answer === "string") faults.push(answer);
    else if (name !== undefined) answers.set(shortName(name), answer);
  }
  if (faults.length === 0) return answers;
  throw new BuildFault(
    `${faults.length === 1 ? "a base image" : `${faults.length} base images`} cannot be had:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    `say in ${MIRROR_TABLE} where this machine has it (\`NAME IN FULL: oci-layout:FOLDER\`, or its name in a registry that answers), or begin from a version that is here`,
  );
}

async function answerBase(name: BaseName, { table, local, answers }: Sources): Promise<Answer | string> {
  const source = mirrored(table, name);
  if (source !== undefined) return source;
  if (await answers(name.registry)) return { kind: "registry" };
  const base = localBase(name, local);
  return base === undefined
    ? `${fullName(name)}: ${name.registry} does not answer, and ${whatIsHere(name, local)}`
    : { kind: "local", base };
}

/** The base made here that has this very name. One that is named by its digest is an image that nobody else can make. */
export function localBase(name: BaseName, local: readonly LocalBase[]): LocalBase | undefined {
  if (name.registry !== "docker.io" || name.digest !== undefined) return undefined;
  return local.find(({ family, tags }) => name.repository === `library/${family}` && tags.includes(name.tag));
}

function whatIsHere({ registry, repository, digest }: BaseName, local: readonly LocalBase[]): string {
  const same = registry === "docker.io" ? local.find(({ family }) => repository === `library/${family}`) : undefined;
  if (same === undefined)
    return `nothing stands in for it (versions that exist here: ${local.map(({ family, tags }) => `${family}:${tags[0]}`).join(", ")})`;
  if (digest !== undefined) return "an image that is named by its digest cannot be made here";
  return `versions that exist here are ${same.tags.map((tag) => `${same.family}:${tag}`).join(", ")} (${same.inside})`;
}
