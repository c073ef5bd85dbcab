import type { Fault } from "../fault.ts";
import { nearest } from "../nearest.ts";
import { exampleOf } from "./example.ts";
import { fits, isObject } from "./fits.ts";
import { misfit, missingWord, unknownWord } from "./faults.ts";
import { asKind, byKind, writtenKind } from "./kinds.ts";
import { knowsSome, meanings } from "./meanings.ts";
import { type Place, within } from "./place.ts";
import { show } from "./show.ts";
import { choice, type Of, type Shape } from "./shape.ts";

/** What is wrong with the form of a value, and what the other checks may go on with; `undefined` where they cannot. */
export interface Reading {
  readonly faults: readonly Fault[];
  readonly value: unknown;
}

/**
 * Holds a value against a form. Every fault is told; what was meant is guessed, so that a mistyped word hides no other
 * fault and causes none: a mistyped word counts as the nearest one, a single text as a list, other leaves as an example.
 */
export function read(shape: Shape, value: unknown, at: Place): Reading {
  switch (shape.form) {
    case "list":
      return readList(shape, value, at);
    case "table":
      return readTable(shape, value, at);
    case "group":
      return readGroup(shape, value, at);
    case "either":
      return readEither(shape, value, at);
    default:
      return fits(shape, value)
        ? { faults: [], value }
        : { faults: [misfit(at, shape, value)], value: exampleOf(shape) };
  }
}

function readList(shape: Of<"list">, value: unknown, at: Place): Reading {
  if (Array.isArray(value)) {
    const entries = value.map((one, index) => read(shape.each, one, within(at, `[${index}]`)));
    const readable = entries.map((entry) => entry.value).filter((one) => one !== undefined);
    return { faults: entries.flatMap(({ faults }) => faults), value: readable };
  }
  const one = read(shape.each, value, at);
  return { faults: [misfit(at, shape, value)], value: one.faults.length === 0 ? [one.value] : undefined };
}

function readTable(shape: Of<"table">, value: unknown, at: Place): Reading {
  if (!isObject(value)) return { faults: [misfit(at, shape, value)], value: undefined };
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined || !shape.some)
    .map(([name, one]) => [name, read(shape.each, one, within(at, name))] as const);
  return together(entries);
}

function readGroup(shape: Of<"group">, value: unknown, at: Place): Reading {
  if (!isObject(value)) return { faults: [misfit(at, shape, value)], value: undefined };
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  const meant = meanings(shape, names);
  const strange = shape.open ? [...meant.values()] : names.filter((name) => !Object.hasOwn(shape.words, name));
  const guess = (name: string) => [...meant].find(([, written]) => written === name)?.[0];
  const unknown = strange.map((name) => unknownWord(at, name, Object.keys(shape.words), guess(name)));
  const entries = Object.entries(shape.words).flatMap(([word, form]) => {
    const inner = form.form === "optional" ? form.shape : form;
    const name = names.includes(word) ? word : meant.get(word);
    if (name !== undefined) return [[word, read(inner, value[name], within(at, name))] as const];
    const missing = {
      faults: [missingWord(at, word, inner)],
      value: inner.form === "table" ? undefined : exampleOf(inner),
    };
    return form.form === "optional" ? [] : [[word, missing] as const];
  });
  const { faults, value: words } = together(entries);
  return { faults: [...unknown, ...faults], value: words };
}

/** The alternative that its `kind` names; otherwise the one with the fewest faults among those that know a word of what is written. */
function readEither(shape: Of<"either">, value: unknown, at: Place): Reading {
  const kinds = byKind(shape);
  const kind = isObject(value) ? writtenKind(value) : undefined;
  if (kinds !== undefined && isObject(value) && kind !== undefined) return readKind(kinds, kind, value, at);
  const readings: Candidate[] = [];
  for (const form of shape.of) {
    if (!(form.form === "group" && isObject(value) ? knowsSome(form, value) : fits(form, value))) continue;
    const reading = read(form, value, at);
    if (reading.faults.length === 0) return reading; // most are: no other form is looked at
    readings.push({ known: knownWords(form, value), ...reading });
  }
  const [best] = readings.toSorted((a, b) => a.faults.length - b.faults.length || b.known - a.known);
  return best ?? { faults: [misfit(at, shape, value)], value: exampleOf(shape) };
}

/** A reading in one of several forms; of two with as many faults, the one that rather lacks a word than mistypes one. */
interface Candidate extends Reading {
  /** How many of its words are written. */
  readonly known: number;
}

function knownWords(form: Shape, value: unknown): number {
  return form.form === "group"
    ? Object.keys(Object(value)).filter((name) => Object.hasOwn(form.words, name)).length
    : 0;
}

function readKind(
  kinds: ReadonlyMap<string, Of<"group">>,
  kind: string,
  value: Readonly<Record<string, unknown>>,
  at: Place,
): Reading {
  const form = kinds.get(kind);
  if (form !== undefined) return read(form, value, at);
  const readings = [...kinds].map(([word, group]) => ({ word, ...read(group, asKind(value, word), at) }));
  const close = nearest(kind, [...kinds.keys()]);
  const [best] = readings.toSorted(
    (a, b) => Number(b.word === close) - Number(a.word === close) || a.faults.length - b.faults.length,
  );
  const told = misfit(within(at, "kind"), choice(...kinds.keys()), kind);
  return best === undefined
    ? { faults: [told], value: undefined }
    : { faults: [{ ...told, fix: `write ${show(best.word)}` }, ...best.faults], value: best.value };
}

function together(entries: readonly (readonly [string, Reading])[]): Reading {
  const faults = entries.flatMap(([, reading]) => reading.faults);
  const unread = entries.some(([, { value }]) => value === undefined);
  return { faults, value: unread ? undefined : Object.fromEntries(entries.map(([name, { value }]) => [name, value])) };
}
