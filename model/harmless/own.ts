/** What a table says of a word from outside. Every object answers to words such as "constructor" too; those are nobody's. */
export function own<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
