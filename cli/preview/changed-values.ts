import { codeSpan } from "../../model/harmless/markdown.ts";
import { isDeepStrictEqual } from "node:util";

/** Longest value that is shown; of a longer one only its path. */
const SHOWN_CHARACTERS = 60;

type Container = Readonly<Record<string, unknown>>;

/** What differs between two values, each with its path: "`spec.maxReplicas`: `3` → `5`". */
export function changedValues(old: unknown, now: unknown, path = ""): string[] {
  if (isDeepStrictEqual(old, now)) return [];
  if (Array.isArray(old) && Array.isArray(now) && old.length !== now.length)
    return [`${codeSpan(path)}: ${old.length} → ${now.length} entries`];
  if (!isContainer(old) || !isContainer(now)) return [`${codeSpan(path)}${transition(old, now)}`];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.flatMap((key) =>
    changedValues(
      old[key],
      now[key],
      Array.isArray(now) ? `${path}[${key}]` : `${path}${path === "" ? "" : "."}${key}`,
    ),
  );
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

function transition(old: unknown, now: unknown): string {
  const [from, to] = [shown(old), shown(now)];
  return from === null || to === null ? "" : `: ${from} → ${to}`;
}

/** Null for what would not fit into a line. */
function shown(value: unknown): string | null {
  if (value === undefined) return "unset";
  const text = JSON.stringify(value);
  return isContainer(value) || text.length > SHOWN_CHARACTERS ? null : codeSpan(text);
}
