import type { Node } from "../reading/node.ts";
import type { Problems } from "../reading/place.ts";

/** What variables stand for while a file of Compose is read: those of its `.env`, never of whoever runs the command. */
export type Environment = ReadonlyMap<string, string>;

/** The same document with its variables put in; a node remembers those that nobody sets. */
export function interpolated(node: Node, environment: Environment, problems: Problems): Node {
  const inner = (one: Node): Node => interpolated(one, environment, problems);
  if (typeof node.value === "string") {
    const { text, unset, fault } = substituted(node.value, environment);
    if (fault !== undefined) problems.add(node.at, fault);
    return { ...node, value: text, ...(unset.length > 0 && { unset, open: withOpen(node.value, environment, unset) }) };
  }
  if (Array.isArray(node.value)) return { ...node, value: (node.value as readonly Node[]).map(inner) };
  if (!(node.value instanceof Map)) return node;
  const members = node.value as ReadonlyMap<string, Node>;
  return { ...node, value: new Map([...members].map(([key, one]) => [key, inner(one)] as const)) };
}

/** The text with what is set put in; what is not stands there as `${NAME}`. */
function withOpen(written: string, environment: Environment, unset: readonly string[]): string {
  return substituted(written, new Map([...environment, ...unset.map((name) => [name, `\${${name}}`] as const)])).text;
}

interface Substituted {
  readonly text: string;
  readonly unset: readonly string[];
  readonly fault?: string;
}

const NAME = /^[A-Za-z_]\w*/;

/** `$NAME`, `${NAME}` and what may stand behind the name: `:-` and `-` a default, `:+` and `+` a replacement, `:?` and `?` a demand; `$$` is a dollar. */
export function substituted(written: string, environment: Environment): Substituted {
  let text = "";
  const unset: string[] = [];
  for (let at = 0; at < written.length; ) {
    const dollar = written.indexOf("$", at);
    if (dollar < 0) return { text: text + written.slice(at), unset };
    text += written.slice(at, dollar);
    const rest = written.slice(dollar + 1);
    const braced = rest.startsWith("{") ? insideBraces(rest) : undefined;
    const name = NAME.exec(braced ?? rest)?.[0];
    if (rest.startsWith("$") || (name === undefined && !rest.startsWith("{"))) {
      text += "$";
      at = dollar + (rest.startsWith("$") ? 2 : 1);
      continue;
    }
    if (name === undefined)
      return { text: written, unset, fault: `"${written}" has a variable without a name or without its closing brace` };
    const found = resolved(name, braced?.slice(name.length) ?? "", environment);
    text += found.text;
    unset.push(...found.unset);
    at = dollar + 1 + (braced === undefined ? name.length : braced.length + 2);
  }
  return { text, unset };
}

/** What stands between a brace and the one that closes it, defaults with braces of their own included. */
function insideBraces(text: string): string | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return text.slice(1, at);
  }
  return undefined;
}

function resolved(name: string, behind: string, environment: Environment): Substituted {
  const [, strict = "", sign = "", word = ""] = /^(:?)([-+?])?(.*)$/s.exec(behind) ?? [];
  const value = environment.get(name);
  const isSet = strict === ":" ? value !== undefined && value !== "" : value !== undefined;
  if (sign === "-" && !isSet) return substituted(word, environment);
  if (sign === "+") return isSet ? substituted(word, environment) : { text: "", unset: [] };
  return isSet || (value !== undefined && sign !== "?")
    ? { text: value ?? "", unset: [] }
    : { text: "", unset: [name] };
}
