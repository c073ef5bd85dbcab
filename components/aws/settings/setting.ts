import { nearest } from "../../../model/nearest.ts";

/**
 * One thing wrong with the configuration, and the way out: a value that is right, with what to know of it; the name that was
 * meant; none, so that it goes; or something to do elsewhere.
 */
export type Problem = { readonly key: string; readonly found: string; readonly allowed: string } & (
  | { readonly example: string; readonly hint?: string }
  | { readonly meant: string | null }
  | { readonly fix: string }
);

/** Everything that is wrong with the configuration of a stack. */
export class InvalidSettings extends Error {
  readonly problems: readonly Problem[];

  constructor(message: string, problems: readonly Problem[]) {
    super(message);
    this.problems = problems;
  }
}

/** Where settings come from and where what is wrong with them is collected. */
export interface Reader {
  value(key: string): string | undefined;
  list(key: string): string[];
  report(problem: Problem): void;
}

/** After an example that only shows the form: nobody but the account's people knows the value. */
export const OWN_VALUE = ", with your own value";

/** A text of a given form; with `otherwise` it may be left out. */
export function text(reader: Reader, key: string, form: RegExp, example: string, otherwise?: string): string {
  const found = reader.value(key) ?? otherwise;
  if (found !== undefined && form.test(found)) return found;
  const hint = otherwise === undefined ? { hint: OWN_VALUE } : {};
  reader.report({ key, found: found ?? "", allowed: `a value such as ${example}`, example, ...hint });
  return example;
}

/** A whole number from 0 in plain digits; what is none is left to the check of its size. */
export function wholeNumber(reader: Reader, key: string, otherwise: number): number {
  const found = reader.value(key) ?? String(otherwise);
  return /^\d+$/.test(found) ? Number(found) : NaN;
}

/** One of a few words; the first is the default. */
export function oneOf<const T extends string>(reader: Reader, key: string, words: readonly [T, ...T[]]): T {
  const found = reader.value(key) ?? words[0];
  const word = words.find((candidate) => candidate === found);
  if (word === undefined) reader.report({ key, found, allowed: words.join(" or "), example: meantBy(found, words) });
  return word ?? words[0];
}

/** One of many names, of which somebody has to choose one. */
export function named(reader: Reader, key: string, names: readonly string[], example: string): string {
  const found = reader.value(key) ?? "";
  if (names.includes(found)) return found;
  const meant = meantBy(found, [example, ...names]);
  reader.report({ key, found, allowed: names.join(", "), example: meant });
  return meant;
}

/** The word next to what was written; the first, where none is near. */
export function meantBy<const T extends string>(found: string, words: readonly [T, ...T[]]): T {
  return words.find((word) => word === nearest(found, words)) ?? words[0];
}

/** One or more of a few words, each once; the first is the default. */
export function someOf<const T extends string>(
  reader: Reader,
  key: string,
  words: readonly [T, ...T[]],
): readonly [T, ...T[]] {
  const found = [...new Set(reader.value(key) === undefined ? [words[0]] : reader.list(key))];
  const [first, ...rest] = found.flatMap((word) => words.filter((candidate) => candidate === word));
  if (first !== undefined && rest.length + 1 === found.length) return [first, ...rest];
  reader.report({
    key,
    found: found.join(","),
    allowed: `one or more of ${words.join(",")}`,
    example: words.join(","),
  });
  return [words[0]];
}
