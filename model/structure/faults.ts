import type { Fault } from "../fault.ts";
import { nearest } from "../nearest.ts";
import { DESCRIPTION } from "./description.ts";
import { everyWord, type WordPlace } from "./every-word.ts";
import { exampleOf } from "./example.ts";
import { formatPlace, type Place, within } from "./place.ts";
import type { Shape } from "./shape.ts";
import { describe, show } from "./show.ts";

/** A word that no form has at this place. */
export function unknownWord(at: Place, word: string, known: readonly string[], meant: string | undefined): Fault {
  const hint = meant === undefined ? whereItBelongs(at, word) : ` (did you mean "${meant}"?)`;
  return {
    kind: "unknown-word",
    path: formatPlace(within(at, word)),
    found: `"${word}", which is no word here${hint}`,
    allowed: known.join(", "),
    fix: meant === undefined ? "remove it" : `write "${meant}"`,
  };
}

/** Every word of a description with the words that it may stand in. */
const HOMES = Map.groupBy(everyWord(DESCRIPTION), ({ path }) => path.at(-1));

/** A word that stands in the wrong place, or beside one that it does not go with, is seldom a mistyped one. */
function whereItBelongs({ path: here }: Place, word: string): string {
  const homes = HOMES.get(word) ?? [];
  const isHere = ({ path }: WordPlace) =>
    path.length === here.length + 1 && here.every((one, index) => path[index] === "*" || path[index] === one);
  if (homes.some(isHere)) return " beside what else is written";
  const parents = homes.map(({ path }) => path.findLast((one, index) => one !== "*" && index < path.length - 1));
  const named = [...new Set(parents.filter((parent) => parent !== undefined))];
  return named.length === 0 ? "" : `; it stands in ${named.map((parent) => `\`${parent}\``).join(" or ")}`;
}

/** A word that may not be left out. */
export function missingWord(at: Place, word: string, shape: Shape): Fault {
  return {
    kind: "missing-word",
    path: formatPlace(within(at, word)),
    found: "nothing",
    allowed: describe(shape),
    fix: `add \`${word}: ${show(exampleOf(shape))}\``,
  };
}

/** Something that is not in the form that is wanted here. */
export function misfit(at: Place, shape: Shape, value: unknown): Fault {
  const place = { path: formatPlace(at), found: show(value), allowed: describe(shape) };
  if (shape.form === "sentence" && typeof value === "string")
    return { ...place, kind: "blank-sentence", found: "nothing", fix: `say ${shape.example}` };
  const words = wordsOf(shape);
  const meant = typeof value === "string" ? nearest(value, words) : undefined;
  if (typeof value === "string" && (shape.form === "choice" || meant !== undefined)) {
    const found = meant === undefined ? place.found : `${place.found} (did you mean "${meant}"?)`;
    return { ...place, kind: "unknown-choice", found, fix: `write ${show(meant ?? words[0])}` };
  }
  return { ...place, kind: "wrong-type", fix: `write ${show(rewritten(shape, value) ?? exampleOf(shape))}` };
}

/** The words of which one may be written, alone or in place of something else. */
function wordsOf(shape: Shape): readonly string[] {
  if (shape.form === "either") return shape.of.flatMap(wordsOf);
  return shape.form === "choice" ? shape.words : [];
}

/** The same value in the form that is wanted, where it says which: "50" for a number, one text for a list of texts. */
function rewritten(shape: Shape, value: unknown): unknown {
  if (typeof value === "number" && shape.form === "number")
    return Number.isFinite(value) ? Math.ceil(value) : undefined;
  if (typeof value !== "string") return undefined;
  if (shape.form === "number") return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : undefined;
  if (shape.form === "flag") return value === "false" ? false : undefined;
  return shape.form === "list" ? [value] : undefined;
}
