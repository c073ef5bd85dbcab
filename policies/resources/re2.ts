/** Regular expressions of Go programs, such as Prometheus: RE2's syntax in the words of JavaScript. */

const CLASSES: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: "\\x00-\\x7F",
  blank: "\\t ",
  digit: "0-9",
  lower: "a-z",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};

/** Tells whether a whole text matches, as Prometheus anchors its patterns; a pattern that RE2 would refuse matches nothing. */
export function fullMatch(pattern: string): (text: string) => boolean {
  try {
    const compiled = new RegExp(`^(?:${translated(pattern)})$`, "s");
    return (text) => compiled.test(text);
  } catch {
    return () => false;
  }
}

function translated(pattern: string): string {
  return withFlags(
    pattern
      .replace(/\\Q([^]*?)(?:\\E|$)/g, (_, literal: string) => literal.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"))
      .replace(/\[:(\^?)(\w+):\]/g, (whole, no: string, name: string) => (no ? whole : (CLASSES[name] ?? whole)))
      .replaceAll("(?P<", "(?<")
      .replace(/(^|[^\\])\\A/g, "$1^")
      .replace(/(^|[^\\])\\z/g, "$1$$"),
  );
}

/** `(?i)` holds to the end of its group; JavaScript has only `(?i:…)`. Flags that only say how greedy it is decide nothing here. */
function withFlags(pattern: string): string {
  let open: number | undefined;
  for (const { at, inClass } of characters(pattern)) {
    if (!inClass && FLAGS.test(pattern.slice(at))) {
      open = at;
      break;
    }
  }
  if (open === undefined) return pattern;
  const [whole = "", on = "", off = ""] = FLAGS.exec(pattern.slice(open)) ?? [];
  const start = open + whole.length;
  const end = endOfGroup(pattern, start);
  const [set, unset] = [on.replace("U", ""), off.replace("U", "")];
  const inner = withFlags(pattern.slice(start, end));
  return `${pattern.slice(0, open)}(?${set}${unset ? `-${unset}` : ""}:${inner})${withFlags(pattern.slice(end))}`;
}

const FLAGS = /^\(\?([imsU]*)(?:-([imsU]+))?\)/;

/** Places of a pattern that are not escaped, and whether they stand in a class. */
function* characters(pattern: string, start = 0): Iterable<{ readonly at: number; readonly inClass: boolean }> {
  let inClass = false;
  for (let at = start; at < pattern.length; at += 1) {
    if (pattern[at] === "\\") {
      at += 1;
      continue;
    }
    yield { at, inClass };
    if (inClass ? pattern[at] === "]" : pattern[at] === "[") inClass = !inClass;
  }
}

function endOfGroup(pattern: string, start: number): number {
  let depth = 0;
  for (const { at, inClass } of characters(pattern, start)) {
    if (inClass) continue;
    if (pattern[at] === "(") depth += 1;
    else if (pattern[at] === ")" && --depth < 0) return at;
  }
  return pattern.length;
}
