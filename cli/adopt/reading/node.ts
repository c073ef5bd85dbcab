import { isObject } from "../../../model/structure/fits.ts";
import type { LineOf } from "../../../policies/resources/spot.ts";
import type { Place } from "./place.ts";
import { Tagged } from "./tagged.ts";

export type Scalar = string | number | boolean | null;

/** A value of a document with its place, which it keeps through merging. */
export interface Node {
  readonly at: Place;
  readonly value: Scalar | readonly Node[] | ReadonlyMap<string, Node>;
  /** How Compose merges it: instead of what was there, or to take that away. */
  readonly tag?: "reset" | "override";
  /** Variables in it that nobody sets, and the text in which they still stand. */
  readonly unset?: readonly string[];
  readonly open?: string;
}

/** A value of a document as nodes; `lineOf` knows the lines by their paths. */
export function nodeOf(value: unknown, file: string, lineOf: LineOf, path = ""): Node {
  const at = { file, line: lineOf(path) };
  if (value instanceof Tagged) return { ...nodeOf(value.inner, file, lineOf, path), tag: value.tag };
  const inner = (key: string, one: unknown) => nodeOf(one, file, lineOf, `${path}["${key}"]`);
  if (Array.isArray(value)) return { at, value: value.map((one: unknown, index) => inner(String(index), one)) };
  if (isObject(value))
    return { at, value: new Map(Object.entries(value).map(([key, one]) => [key, inner(key, one)] as const)) };
  return { at, value: value === undefined ? null : (value as Scalar) };
}

/** The node that a path of keys leads to. */
export function get(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>(
    (at, key) =>
      at !== undefined && at.value instanceof Map ? (at.value as ReadonlyMap<string, Node>).get(key) : undefined,
    node,
  );
}

/** Its entries; none where it is no mapping. */
export function entries(node: Node | undefined): readonly (readonly [string, Node])[] {
  return node?.value instanceof Map ? [...(node.value as ReadonlyMap<string, Node>)] : [];
}

/** Its items; one for a single text where a list may stand. */
export function items(node: Node | undefined): readonly Node[] {
  if (node === undefined || node.value === null || node.value instanceof Map) return [];
  return Array.isArray(node.value) ? (node.value as readonly Node[]) : [node];
}

/** Its text, also of a number or a switch; undefined for what is no scalar. */
export function textOf(node: Node | undefined): string | undefined {
  return node === undefined || typeof node.value === "object" ? undefined : String(node.value);
}

/** Texts of its items. */
export function textsOf(node: Node | undefined): string[] {
  return items(node).flatMap((item) => textOf(item) ?? []);
}

/** The value without its places. */
export function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.value instanceof Map) return Object.fromEntries(entries(node).map(([key, one]) => [key, plain(one)]));
  return Array.isArray(node.value) ? items(node).map(plain) : node.value;
}
