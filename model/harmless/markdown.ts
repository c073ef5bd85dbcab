import { visible, visibleLines } from "./visible.ts";

/**
 * Text from outside in Markdown. Only code is safe for it: there nothing is a link, nobody is called by an `@`, and no tag is one.
 * The fence is longer than any inside, so that nothing leaves it.
 */
export function codeSpan(text: string, longest?: number): string {
  const shown = visible(text, longest);
  const fence = fenceFor(shown, 1);
  const padding = /^`|`$|^$/.test(shown) ? " " : "";
  return fence + padding + shown + padding + fence;
}

/** A code span in a table, whose cells a bar would end even inside code. */
export function codeCell(text: string, longest?: number): string {
  return codeSpan(text, longest).replaceAll("|", "\\u007c");
}

/** Several lines as a block of code. */
export function codeBlock(text: string): string[] {
  const shown = visibleLines(text);
  const fence = fenceFor(shown, 3);
  return [fence, shown, fence];
}

function fenceFor(text: string, least: number): string {
  const runs = [...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1);
  return "`".repeat(Math.max(least, ...runs));
}
