import { entries, items, type Node, textOf } from "../reading/node.ts";

/** Where a list of `NAME=value` may stand for a mapping. */
const PAIRS = ["environment", "labels", "args"];

/** The long form of what Compose lets people write short, so that files can be merged. */
export function normalised(root: Node): Node {
  if (!(root.value instanceof Map)) return root;
  const pairs = entries(root).map(([key, node]) => {
    if (key !== "services" || !(node.value instanceof Map)) return [key, node] as const;
    const services = entries(node).map(([name, one]) => [name, service(one)] as const);
    return [key, { ...node, value: new Map(services) }] as const;
  });
  return { ...root, value: new Map(pairs) };
}

function service(node: Node): Node {
  if (!(node.value instanceof Map)) return node;
  return { ...node, value: new Map(entries(node).map(([key, one]) => [key, word(key, one)] as const)) };
}

function word(key: string, node: Node): Node {
  if (PAIRS.includes(key)) return asMapping(node, "=");
  if (key === "depends_on") return asMapping(node, undefined);
  if (key === "build") {
    const long: Node = typeof node.value === "string" ? { ...node, value: new Map([["context", node]]) } : node;
    return service(long);
  }
  if (key === "extends" && typeof node.value === "string")
    return { ...node, value: new Map([["service", { at: node.at, value: node.value }]]) };
  return node;
}

/** A list of texts as a mapping; `NAME` alone has no value. */
function asMapping(node: Node, separator: string | undefined): Node {
  if (!Array.isArray(node.value)) return node;
  const pairs = items(node).map((item) => {
    const text = textOf(item) ?? "";
    const at = separator === undefined ? -1 : text.indexOf(separator);
    const { unset: _unset, open, ...bare } = item;
    const rest = open === undefined ? {} : { open: open.slice(open.indexOf(separator ?? "") + 1) };
    const value: Node = at < 0 ? { ...bare, value: null } : { ...item, ...rest, value: text.slice(at + 1) };
    return [at < 0 ? text : text.slice(0, at), value] as const;
  });
  return { ...node, value: new Map(pairs) };
}
