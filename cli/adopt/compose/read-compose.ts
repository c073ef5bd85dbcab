import { resolve } from "node:path";
import { isAbsolute } from "node:path";
import { Looks } from "../look.ts";
import type { Adopted } from "../program.ts";
import { entries, get, type Node, textOf, textsOf } from "../reading/node.ts";
import type { Note, Problems } from "../reading/place.ts";
import { type ComposeInput, loadCompose, servicesIn } from "./load.ts";
import { programOf } from "./program.ts";

/** What is asked of a project of Compose. */
export interface ComposeAsked extends ComposeInput {
  readonly profiles: readonly string[];
  /** Folder of the description. */
  readonly description: string;
}

/** Reads files of Compose over each other as the programs that they start. What is wrong is added to the problems. */
export function readCompose(asked: ComposeAsked, problems: Problems): Adopted {
  const project = loadCompose(asked, problems);
  const { root, environment, notes } = project;
  const wanted = servicesIn(project).filter(([, node]) => isWanted(node, asked.profiles));
  const contexts = wanted.flatMap(([, node]) => textOf(get(node, "build", "context")) ?? []);
  const around = {
    root,
    environment,
    description: resolve(asked.description),
    looks: new Looks(contexts.filter(isAbsolute).map((path) => resolve(path))),
    problems,
    ending: new Set(wanted.flatMap(([, node]) => endsBefore(node))),
  };
  const name = textOf(get(root, "name"));
  return {
    ...(name !== undefined && { name }),
    programs: wanted.map(([service, node]) => programOf(service, node, around)),
    notes: [...notes, ...resting(servicesIn(project), asked.profiles), ...elsewhere(root)],
  };
}

function isWanted(service: Node, profiles: readonly string[]): boolean {
  const own = textsOf(get(service, "profiles"));
  return own.length === 0 || profiles.includes("*") || own.some((profile) => profiles.includes(profile));
}

/** Services that have to end well before this one starts. */
function endsBefore(service: Node): string[] {
  return entries(get(service, "depends_on")).flatMap(([name, node]) =>
    textOf(get(node, "condition")) === "service_completed_successfully" ? [name] : [],
  );
}

function resting(services: readonly (readonly [string, Node])[], profiles: readonly string[]): Note[] {
  return services
    .filter(([, node]) => !isWanted(node, profiles))
    .map(([name, node]) => ({
      at: node.at,
      text: `${name} is left out: it belongs to the profile ${textsOf(get(node, "profiles")).join(", ")}, which --profile asks for`,
    }));
}

/** What a file says beside its services. */
function elsewhere(root: Node | undefined): Note[] {
  const known = ["services", "include", "name", "version", "volumes", "networks", "secrets", "configs"];
  return entries(root)
    .filter(([key]) => !known.includes(key) && !key.startsWith("x-"))
    .map(([key, { at }]) => ({ at, text: `${key} is not carried over` }));
}
