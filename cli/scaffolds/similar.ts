/** Something that exists, by its name and what it says. */
export interface Existing {
  readonly name: string;
  readonly says: string;
}

const MOST = 5;
/** Words that stand in too many names to mean anything. */
const EMPTY = ["the", "are", "has", "have", "not", "and", "of", "is", "no"];

/** What exists about the same words, the most alike first: a new one may not be needed. */
export function similar(name: string, existing: readonly Existing[]): Existing[] {
  const words = name.split("-").filter((word) => word.length > 2 && !EMPTY.includes(word));
  const stems = words.map((word) => word.replace(/(ing|ed|es|s)$/, ""));
  return existing
    .map((one) => ({
      one,
      hits: stems.filter((stem) => `${one.name} ${one.says}`.toLowerCase().includes(stem)).length,
    }))
    .filter(({ hits }) => hits > 0)
    .toSorted((a, b) => b.hits - a.hits)
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** The same as lines for whoever begins a new one; nothing where nothing is alike. */
export function similarText(name: string, existing: readonly Existing[]): string {
  const found = similar(name, existing);
  if (found.length === 0) return "";
  return `There are already, about the same words:\n${found.map((one) => `  ${one.name}: ${one.says}`).join("\n")}\n`;
}
