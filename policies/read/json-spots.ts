/** Places in JSON text that JSON.parse has accepted. Nothing is scanned that nobody asks for. */

import type { Spot } from "../resources/spot.ts";

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST, COMMA, COLON] = Array.from(
  '"\\{}[],:',
  (mark) => mark.charCodeAt(0),
);

/** The whole document as a spot. */
export function jsonSpot(text: string): Spot {
  const lineAt = lineCounter(text);
  const start = afterSpace(text, 0);
  return spotAt(start, start);

  function spotAt(place: number, value: number): Spot {
    let inside: ReadonlyMap<string, Spot> | undefined;
    return {
      get line() {
        return lineAt(place);
      },
      get inside() {
        return (inside ??= members(value));
      },
    };
  }

  function members(container: number): ReadonlyMap<string, Spot> {
    const found = new Map<string, Spot>();
    const list = text.charCodeAt(container) === OPEN_LIST;
    if (!list && text.charCodeAt(container) !== OPEN_OBJECT) return found;
    for (let at = afterSpace(text, container + 1); !closes(text.charCodeAt(at)); at = afterSpace(text, at)) {
      if (text.charCodeAt(at) === COMMA) {
        at += 1;
        continue;
      }
      const end = list ? at : afterString(text, at);
      const value = list ? at : afterSpace(text, afterSpace(text, end) + 1);
      found.set(list ? String(found.size) : keyIn(text, at, end), spotAt(at, value));
      at = afterValue(text, value);
    }
    return found;
  }
}

/** Deeper than any real document; whatever walks the value would run out of stack. */
const DEEPEST = 500;

/** What JSON.parse accepts and nobody should: keys that stand twice in one object, and nesting without measure. */
export function jsonFaults(text: string): { readonly problem: string; readonly offset: number }[] {
  const found: { problem: string; offset: number }[] = [];
  const open: (Set<string> | undefined)[] = []; // keys of the objects around; lists have none
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charCodeAt(at);
    if (open.length > DEEPEST) return [...found, { problem: `nested deeper than ${DEEPEST} levels`, offset: at }];
    if (mark === OPEN_OBJECT) open.push(new Set());
    else if (mark === OPEN_LIST) open.push(undefined);
    else if (closes(mark)) open.pop();
    else if (mark === QUOTE) {
      const end = afterString(text, at);
      if (text.charCodeAt(afterSpace(text, end)) === COLON) {
        const key = keyIn(text, at, end);
        if (open.at(-1)?.has(key)) found.push({ problem: `duplicated key "${key}"`, offset: at });
        open.at(-1)?.add(key);
      }
      at = end - 1;
    }
  }
  return found;
}

function closes(mark: number): boolean {
  return mark === CLOSE_OBJECT || mark === CLOSE_LIST || Number.isNaN(mark);
}

function keyIn(text: string, start: number, end: number): string {
  const plain = text.slice(start + 1, end - 1);
  return plain.includes("\\") ? (JSON.parse(text.slice(start, end)) as string) : plain;
}

function afterSpace(text: string, at: number): number {
  while (text.charCodeAt(at) <= 32) at += 1; // space, tab and line ends
  return at;
}

function afterString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (escaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function escaped(text: string, at: number): boolean {
  let count = 0;
  while (text.charCodeAt(at - 1 - count) === BACKSLASH) count += 1;
  return count % 2 === 1;
}

function afterValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; ; at += 1) {
    const mark = text.charCodeAt(at);
    if (mark === QUOTE) at = afterString(text, at) - 1;
    else if (mark === OPEN_OBJECT || mark === OPEN_LIST) depth += 1;
    else if (closes(mark) && depth > 0) depth -= 1;
    else if (depth === 0 && (mark === COMMA || closes(mark))) return at;
  }
}

/** Turns offsets into lines; where lines end is looked up once. */
function lineCounter(text: string): (offset: number) => number {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
