import { type Code, code, type Leaf, templateCode } from "./code.ts";

/** A part of a text that becomes a fact or a secret. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly leaf: Leaf;
}

/** The text with its parts replaced; of two that overlap the first counts. */
export function withSpans(text: string, spans: readonly Span[]): Code {
  const chosen: Span[] = [];
  for (const span of spans)
    if (!chosen.some((other) => span.start < other.end && other.start < span.end)) chosen.push(span);
  const sorted = chosen.toSorted((a, b) => a.start - b.start);
  if (sorted.length === 0) return code(text);
  const pieces = sorted.map(({ start }, index) => text.slice(sorted[index - 1]?.end ?? 0, start));
  return templateCode(
    [...pieces, text.slice(sorted.at(-1)?.end ?? 0)],
    sorted.map(({ leaf }) => leaf),
  );
}
