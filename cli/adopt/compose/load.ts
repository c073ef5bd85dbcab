import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { entries, get, items, type Node, textOf, textsOf } from "../reading/node.ts";
import type { Note, Problems } from "../reading/place.ts";
import { shownPath } from "../reading/shown-path.ts";
import { environmentOf } from "./environment.ts";
import type { Environment } from "./interpolate.ts";
import { withExtended } from "./extended.ts";
import { merged } from "./merge.ts";
import { readComposeFile } from "./read-file.ts";

/** What files of Compose say together, with everything included and extended. */
export interface Project {
  readonly root: Node | undefined;
  readonly environment: Environment;
  readonly notes: readonly Note[];
}

/** What the command line says about files of Compose. */
export interface ComposeInput {
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
}

/** Names under which Compose itself looks for its file in a folder, and for a second one over it. */
const NAMES = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];
const OVERRIDES = NAMES.map((name) => name.replace(/\.(ya?ml)$/, ".override.$1"));

/** The files that Compose would take in a folder; none where it has none. */
export function composeFilesIn(folder: string): string[] {
  const first = (names: readonly string[]) => names.map((name) => join(folder, name)).find((path) => existsSync(path));
  const main = first(NAMES);
  const over = first(OVERRIDES);
  return main === undefined ? [] : [main, ...(over === undefined ? [] : [over])];
}

/** Reads files of Compose over each other, as `docker compose -f … -f …` does. */
export function loadCompose({ files, envFiles }: ComposeInput, problems: Problems): Project {
  const folder = dirname(resolve(files[0] ?? "."));
  const environment = environmentOf(folder, envFiles, problems);
  const notes: Note[] = [];
  const loader: Loader = { problems, notes };
  const root = files.reduce<Node | undefined>(
    (before, file) => merged(before, load(loader, { path: resolve(file), folder, environment }, [])),
    undefined,
  );
  notes.push(...unread(files));
  return { root, environment, notes };
}

interface Loader {
  readonly problems: Problems;
  readonly notes: Note[];
}
interface Asked {
  readonly path: string;
  readonly folder: string;
  readonly environment: Environment;
}

/** One file with what it includes; `open` are the files that are being read around it. */
function load(
  loader: Loader,
  { path, folder, environment }: Asked,
  open: readonly string[],
  by?: Node,
): Node | undefined {
  const { problems } = loader;
  if (open.includes(path)) {
    const circle = [...open.slice(open.indexOf(path)), path].map(shownPath).join(" → ");
    problems.add(by?.at ?? { file: shownPath(path), line: 1 }, `files include each other in a circle: ${circle}`);
    return undefined;
  }
  const root = readComposeFile(path, folder, environment, problems, by?.at);
  if (root === undefined) return undefined;
  const extended = withExtended(root, { path, folder, environment, problems });
  const included = items(get(root, "include")).map((one) => include(loader, one, environment, [...open, path]));
  return merged(
    included.reduce((before, after) => merged(before, after), undefined),
    extended,
  );
}

function include(loader: Loader, node: Node, environment: Environment, open: readonly string[]): Node | undefined {
  const paths = node.value instanceof Map ? items(get(node, "path")) : [node];
  return paths.reduce<Node | undefined>((before, one) => {
    const path = textOf(one) ?? "";
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path) || path.startsWith("git@")) {
      loader.notes.push({ at: one.at, text: `include ${path} is not read: it lies elsewhere` });
      return before;
    }
    const folder = textOf(get(node, "project_directory")) ?? dirname(textOf(paths[0]) ?? "");
    const own = environmentOf(folder, textsOf(get(node, "env_file")), loader.problems);
    const inner = { path, folder, environment: new Map([...own, ...environment]) };
    return merged(before, load(loader, inner, open, one));
  }, undefined);
}

/** A second file that Compose takes when none is named, and does not take now. */
function unread(files: readonly string[]): Note[] {
  const [first] = files;
  if (files.length !== 1 || first === undefined || !NAMES.includes(first.split("/").at(-1) ?? "")) return [];
  const over = composeFilesIn(dirname(resolve(first))).find(
    (path) => path !== resolve(first) && statSync(path).isFile(),
  );
  const isOver = over !== undefined && OVERRIDES.includes(over.split("/").at(-1) ?? "");
  return isOver
    ? [{ at: { file: shownPath(over), line: 1 }, text: "is not read: name it with -f too if it belongs here" }]
    : [];
}

/** The services of a project by their names. */
export function servicesIn({ root }: Project): readonly (readonly [string, Node])[] {
  return entries(get(root, "services")).filter(([, node]) => node.value instanceof Map);
}
