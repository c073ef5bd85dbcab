import { visibleJson } from "../../../model/harmless/visible.ts";
import type { Fact } from "../../../model/words/value.ts";
import { entryName } from "../../scaffolds/entry-text.ts";

/** A value of the description: what it is, and how it is written. */
export type Code = Leaf | Table | Row;

export interface Leaf {
  readonly value: unknown;
  readonly text: string;
  /** Words of the model that it is written with. */
  readonly words?: readonly string[];
}
export interface Table {
  readonly entries: readonly Entry[];
}
export interface Row {
  readonly items: readonly Code[];
}

/** One word with its value; comments stand above it, one more may stand behind it. */
export interface Entry {
  readonly key: string;
  readonly code: Code;
  readonly above: readonly string[];
  readonly behind?: string;
}

/** Any plain value as code. */
export function code(value: unknown): Code {
  if (Array.isArray(value)) return { items: value.map(code) };
  if (typeof value !== "object" || value === null) return { value, text: visibleJson(value) };
  return { entries: Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [entry(key, code(one))])) };
}

export function entry(key: string, value: Code, above: readonly string[] = [], behind?: string): Entry {
  return { key, code: value, above, ...(behind !== undefined && { behind }) };
}

export function factCode(of: string, fact: Fact): Leaf {
  return { value: { of, fact }, text: `fact(${visibleJson(of)}, ${visibleJson(fact)})`, words: ["fact"] };
}

/** A secret that somebody else gave: what was there is not made up again. */
export function secretCode(name: string): Leaf {
  return { value: { secret: name, onDev: "asked" }, text: `secret(${visibleJson(name)}, "asked")`, words: ["secret"] };
}

/** Text around facts and secrets; one value alone is that value. */
export function templateCode(pieces: readonly string[], values: readonly Leaf[]): Leaf {
  const [only] = values;
  if (values.length === 1 && only !== undefined && pieces.every((piece) => piece === "")) return only;
  const text = pieces
    .map((piece, index) => escaped(piece) + (values[index] ? `\${${values[index].text}}` : ""))
    .join("");
  return {
    value: { template: [...pieces], values: values.map(({ value }) => value) },
    text: `template\`${text}\``,
    words: ["template", ...values.flatMap(({ words = [] }) => words)],
  };
}

/** As it stands between backticks. */
function escaped(piece: string): string {
  const plain = visibleJson(piece).slice(1, -1).replaceAll('\\"', '"');
  return plain.replaceAll("`", "\\`").replaceAll("${", "\\${");
}

/** The value that the code has once it runs. */
export function valueOf(of: Code): unknown {
  if ("items" in of) return of.items.map(valueOf);
  if ("entries" in of) return Object.fromEntries(of.entries.map(({ key, code: inner }) => [key, valueOf(inner)]));
  return of.value;
}

/** Names that the code takes from the model. */
export function wordsIn(of: Code): string[] {
  if ("items" in of) return of.items.flatMap(wordsIn);
  if ("entries" in of) return of.entries.flatMap(({ code: inner }) => wordsIn(inner));
  return [...(of.words ?? [])];
}

/** Longest line of the project's formatter. */
const WIDTH = 120;

/** The code as the formatter writes it: on one line where it fits and nothing is said about it. */
export function printed(of: Code, indent = 0, before = 0): string {
  const line = inLine(of);
  if (line !== undefined && indent + before + line.length + 1 <= WIDTH && !isDeep(of)) return line;
  if (!("entries" in of) && !("items" in of)) return of.text;
  const pad = " ".repeat(indent + 2);
  const lines =
    "items" in of
      ? of.items.map((one) => `${pad}${printed(one, indent + 2)},`)
      : of.entries.flatMap((one) => [
          ...one.above.map((comment) => `${pad}// ${comment}`),
          `${pad}${keyText(one.key)}: ${printed(one.code, indent + 2, one.key.length + 2)},${one.behind === undefined ? "" : ` // ${one.behind}`}`,
        ]);
  const [open, close] = "items" in of ? ["[", "]"] : ["{", "}"];
  return [open, ...lines, `${" ".repeat(indent)}${close}`].join("\n");
}

/** Tables inside tables are read better line by line. */
function isDeep(of: Code): boolean {
  return (
    "entries" in of &&
    of.entries.length > 1 &&
    of.entries.some(({ code: inner }) => "entries" in inner && inner.entries.length > 2)
  );
}

/** On one line; undefined where a comment stands in it. */
function inLine(of: Code): string | undefined {
  if ("items" in of) {
    const parts = of.items.map(inLine);
    return parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;
  }
  if (!("entries" in of)) return of.text;
  if (of.entries.length === 0) return "{}";
  const parts = of.entries.map(({ key, code: inner, above, behind }) => {
    const line = inLine(inner);
    return line === undefined || above.length > 0 || behind !== undefined ? undefined : `${keyText(key)}: ${line}`;
  });
  return parts.includes(undefined) ? undefined : `{ ${parts.join(", ")} }`;
}

/** A name as the key of an object; `__proto__` would be something else. */
function keyText(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  const plain = entryName(name);
  return plain === name ? name : visibleJson(name);
}
