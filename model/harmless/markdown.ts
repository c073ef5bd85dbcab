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

/** Letters, digits and signs that are nothing in Markdown, and no address that a reader would make a link of. */
const WORDS = /^(?!.*(?:www\.|\/\/|GH-))[a-z\d ,.:/()=%-]*$/i;

/** As it is where it is nothing but words, else as code. Also for the cell of a table, which a bar would end even inside code. */
export function words(text: string, longest = 100): string {
  return WORDS.test(text) && text.length <= longest ? text : codeSpan(text.replaceAll("|", "\\u007c"), longest);
}

/** Several lines as a block of code, of at most so many characters. */
export function codeBlock(text: string, longest = Infinity): string[] {
  const all = visibleLines(text.slice(0, longest));
  const shown = text.length <= longest && all.length <= longest ? all : `${all.slice(0, longest)}…`;
  const fence = fenceFor(shown, 3);
  return [fence, shown, fence];
}

function fenceFor(text: string, least: number): string {
  const runs = [...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1);
  return "`".repeat(Math.max(least, ...runs));
}
