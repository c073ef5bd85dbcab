import type { Laid } from "../program.ts";
import { get, items, type Node, textOf } from "../reading/node.ts";
import { labelOf } from "../writing/label.ts";

/** Secrets and settings that Compose lays into the container. */
export function secretFiles(service: Node, root: Node | undefined): Laid[] {
  const named = (word: "secrets" | "configs") =>
    items(get(service, word)).map((node) => {
      const source = textOf(node.value instanceof Map ? get(node, "source") : node) ?? "";
      return { node, source, target: textOf(get(node, "target")), told: get(root, word, source) };
    });
  const secrets = named("secrets").map(({ node, source, target = source }) => ({
    path: target.startsWith("/") ? target : `/run/secrets/${target}`,
    file: { secret: labelOf(source) },
    at: node.at,
  }));
  const configs = named("configs").flatMap(({ node, source, target = `/${source}`, told }) => {
    const content = textOf(get(told, "content"));
    return content === undefined ? [] : [{ path: target, file: { text: content }, at: node.at }];
  });
  return [...secrets, ...configs];
}
