import type { Look } from "../look.ts";
import type { Program } from "../program.ts";
import { get, type Node, textOf, textsOf } from "../reading/node.ts";
import { wordsOf } from "../reading/words.ts";

/** The whole command: what an image starts with is known only where it is built here. */
export function runOf(service: Node, look: Look | undefined): Pick<Program, "run" | "behind"> {
  const [entrypoint, command] = ["entrypoint", "command"].map((key) => get(service, key));
  const words = (node: Node | undefined) => (Array.isArray(node?.value) ? textsOf(node) : wordsOf(textOf(node) ?? ""));
  if (entrypoint !== undefined && entrypoint.value !== null) return { run: [...words(entrypoint), ...words(command)] };
  const given = command?.value === null ? [] : words(command);
  if (command === undefined || given.length === 0) return { run: [] };
  const said = look !== undefined && "said" in look ? look.said.entrypoint : undefined;
  if (look !== undefined && "said" in look && typeof said !== "string") return { run: [...(said ?? []), ...given] };
  return { run: given, behind: command.at };
}
