import { existsSync } from "node:fs";
import type { Told, Variable } from "../program.ts";
import { entries, get, items, type Node, textOf } from "../reading/node.ts";
import type { Problems } from "../reading/place.ts";
import { shownPath } from "../reading/shown-path.ts";
import { linesOf } from "./environment.ts";
import type { Environment } from "./interpolate.ts";

/** The variables of a service of Compose: what `environment` says wins over its files. */
export function variablesOf(service: Node, environment: Environment, problems: Problems): Variable[] {
  const variables = new Map<string, Variable>();
  for (const variable of items(get(service, "env_file")).flatMap((file) => fromFile(file, environment, problems)))
    variables.set(variable.name, variable);
  for (const [name, node] of entries(get(service, "environment")))
    variables.set(name, { name, told: toldBy(name, node, environment), at: node.at });
  return [...variables.values()];
}

/** A name without a value is handed on from outside; so is one whose value is nothing but a variable that nobody sets. */
function toldBy(name: string, node: Node, environment: Environment): Told {
  if (node.value === null) {
    const passed = environment.get(name);
    return passed === undefined ? { missing: name } : { text: passed };
  }
  if (node.unset !== undefined && textOf(node) === "") return { missing: node.unset.join(", ") };
  if (node.unset !== undefined) return { text: node.open ?? "", holes: node.unset };
  return { text: textOf(node) ?? "" };
}

function fromFile(file: Node, environment: Environment, problems: Problems): Variable[] {
  const path = textOf(file.value instanceof Map ? get(file, "path") : file) ?? "";
  const isRequired = textOf(get(file, "required")) !== "false";
  if (path === "" || !existsSync(path)) {
    if (isRequired) problems.add(file.at, `env_file ${shownPath(path)}: no such file; write it, or take it away`);
    return [];
  }
  return linesOf(path, environment).map(({ name, text, at }) => ({
    name,
    told: { text },
    at,
    shared: shownPath(path),
  }));
}
