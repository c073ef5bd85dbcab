import { nearest } from "../nearest.ts";
import type { Of } from "./shape.ts";

/** Which strange name was meant for which word that is not there. In an open group only words that must be there are missed. */
export function meanings({ words, open }: Of<"group">, names: readonly string[]): ReadonlyMap<string, string> {
  const absent = Object.keys(words).filter(
    (word) => !names.includes(word) && !(open && words[word]?.form === "optional"),
  );
  const pairs = names
    .filter((name) => !Object.hasOwn(words, name))
    .flatMap((name) => {
      const word = nearest(name, absent);
      return word === undefined ? [] : [[word, name] as const];
    });
  return new Map(pairs.toReversed()); // the first of two that mean the same
}

/** True when something is written in words of this group, mistyped ones included. */
export function knowsSome(shape: Of<"group">, value: object): boolean {
  const names = Object.keys(value);
  return names.some((name) => Object.hasOwn(shape.words, name)) || meanings(shape, names).size > 0;
}
