/** A text within a limit of characters; what was left out shows as dots, so that nobody takes it for the whole. */
export function shortened(text: string, limit = 500): string {
  if (text.length <= limit) return text;
  // Not within a letter that takes two characters.
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
