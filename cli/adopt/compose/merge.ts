import { entries, items, type Node } from "../reading/node.ts";

/** Lists that are one thing: the later takes the place of the earlier. */
const WHOLE = ["command", "entrypoint", "test"];

/** Two files of Compose, or a service and the one that it extends, as Compose merges them: the later wins. */
export function merged(before: Node | undefined, after: Node | undefined, key = ""): Node | undefined {
  if (after?.tag === "reset") return undefined;
  if (before === undefined || after?.tag === "override") return after === undefined ? undefined : withoutReset(after);
  if (after === undefined || after.value === null) return before;
  if (before.value instanceof Map && after.value instanceof Map) {
    const keys = new Set([...before.value.keys(), ...after.value.keys()]) as Set<string>;
    const [earlier, later] = [before.value, after.value] as [ReadonlyMap<string, Node>, ReadonlyMap<string, Node>];
    const pairs = [...keys].flatMap((one) => {
      const value = later.has(one) ? merged(earlier.get(one), later.get(one), one) : earlier.get(one);
      return value === undefined ? [] : [[one, value] as const];
    });
    return { ...before, value: new Map(pairs) };
  }
  if (Array.isArray(before.value) && Array.isArray(after.value) && !WHOLE.includes(key))
    return { ...before, value: [...items(before), ...items(after)] };
  return after;
}

/** What was to be taken away from nothing is not there either. */
function withoutReset(node: Node): Node {
  if (!(node.value instanceof Map)) return node;
  const pairs = entries(node).flatMap(([key, one]) => (one.tag === "reset" ? [] : [[key, withoutReset(one)] as const]));
  return { ...node, value: new Map(pairs) };
}
