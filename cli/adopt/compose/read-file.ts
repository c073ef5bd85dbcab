import { readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { lineFinder } from "../../../policies/resources/spot.ts";
import { yamlDocuments } from "../../../policies/read/yaml.ts";
import { reasonOf } from "../../checking/reason.ts";
import { entries, get, items, type Node, nodeOf, textOf } from "../reading/node.ts";
import type { Place, Problems } from "../reading/place.ts";
import { shownPath } from "../reading/shown-path.ts";
import { COMPOSE_TAGS } from "../reading/tagged.ts";
import { type Environment, interpolated } from "./interpolate.ts";
import { normalised } from "./normalised.ts";

/** A file of Compose with its variables put in and its paths made absolute; undefined where it cannot be read, which is told. */
export function readComposeFile(
  path: string,
  folder: string,
  environment: Environment,
  problems: Problems,
  named: Place = { file: shownPath(path), line: 1 },
): Node | undefined {
  const file = shownPath(path);
  const text = contentOf(path, problems, named);
  if (text === undefined) return undefined;
  const before = problems.all.length;
  const roots: Node[] = [];
  for (const { value, spot } of yamlDocuments(text, file, (bad) => problems.all.push(bad.message), COMPOSE_TAGS))
    if (value !== null) roots.push(nodeOf(value, file, lineFinder(spot)));
  const [root] = roots;
  if (root === undefined) {
    if (problems.all.length === before) problems.add(named, `nothing stands in ${file}`);
    return undefined;
  }
  const fault = shapeFault(root);
  if (fault !== undefined) problems.add(root.at, fault);
  return fault === undefined ? withPaths(normalised(interpolated(root, environment, problems)), folder) : undefined;
}

function contentOf(path: string, problems: Problems, named: Place): string | undefined {
  try {
    const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
    if (!text.includes("\0")) return text;
    problems.add(named, `${shownPath(path)} is a binary file`);
  } catch (error) {
    problems.add(named, `${shownPath(path)} cannot be read: ${reasonOf(error)}`);
  }
  return undefined;
}

/** Why a document is no file of Compose that can be read. */
function shapeFault(root: Node): string | undefined {
  if (!(root.value instanceof Map)) return "this is no file of Compose: it is no mapping with `services`";
  const services = get(root, "services");
  if (services !== undefined && services.value !== null && !(services.value instanceof Map))
    return "`services` is no mapping of names";
  if (services !== undefined || get(root, "include") !== undefined) return undefined;
  const all = entries(root);
  const isFirst = all.length > 0 && all.every(([, one]) => get(one, "image") ?? get(one, "build"));
  return isFirst
    ? "this is a file of the first version of Compose, whose services stand at the top; put them below `services:`"
    : "this is no file of Compose: it has no `services`";
}

/** Paths are meant from the folder of their own file; what is merged must not lose that. */
function withPaths(root: Node, folder: string): Node {
  const absolute = (node: Node): Node => {
    const text = textOf(node);
    const isLocal =
      text !== undefined && text !== "" && !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !text.startsWith("git@");
    return isLocal && !isAbsolute(text) && !text.startsWith("~") ? { ...node, value: resolve(folder, text) } : node;
  };
  const volume = (node: Node): Node => {
    const text = textOf(node) ?? "";
    if (/^\.{1,2}(\/|:|$)/.test(text))
      return { ...node, value: resolve(folder, text.split(":")[0] ?? "") + text.slice(text.indexOf(":")) };
    const isBind = textOf(get(node, "type")) === "bind";
    return isBind ? changed(node, { source: absolute }) : node;
  };
  const each = (change: (node: Node) => Node) => (node: Node) => ({ ...node, value: items(node).map(change) });
  const service = (node: Node): Node =>
    changed(node, {
      build: (build) => changed(build, { context: absolute }),
      env_file: each((file) => (file.value instanceof Map ? changed(file, { path: absolute }) : absolute(file))),
      volumes: each(volume),
      extends: (base) => changed(base, { file: absolute }),
    });
  const all = (change: (node: Node) => Node) => (node: Node) =>
    changed(node, Object.fromEntries(entries(node).map(([key]) => [key, change])));
  const filed = all((one) => changed(one, { file: absolute }));
  const include = each((one) =>
    one.value instanceof Map
      ? changed(one, { path: each(absolute), env_file: each(absolute), project_directory: absolute })
      : absolute(one),
  );
  return changed(root, { services: all(service), secrets: filed, configs: filed, include });
}

/** The same mapping with some of its values changed, where they are there. */
function changed(node: Node, changes: Readonly<Record<string, (inner: Node) => Node>>): Node {
  if (!(node.value instanceof Map)) return node;
  const pairs = entries(node).map(([key, one]) => {
    const change = Object.hasOwn(changes, key) ? changes[key] : undefined;
    return [key, change === undefined || one.value === null ? one : keepTag(one, change(one))] as const;
  });
  return { ...node, value: new Map(pairs) };
}

function keepTag(before: Node, after: Node): Node {
  return before.tag === undefined ? after : { ...after, tag: before.tag };
}
