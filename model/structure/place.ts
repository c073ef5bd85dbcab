/** Where in a description something stands: the system's name and the words that lead there. */
export interface Place {
  readonly system: string;
  readonly path: readonly string[];
}

/** The same place one word further in; an entry of a list is `[1]`. */
export function within({ system, path }: Place, word: string): Place {
  return { system, path: [...path, word] };
}

/** As faults print it: "shop: entry.maxBody", and "shop/order: calls.payment" inside a service. */
export function formatPlace({ system, path }: Place): string {
  const [first, name, ...rest] = path;
  const [subject, words] = first === "services" && name !== undefined ? [`${system}/${name}`, rest] : [system, path];
  return words.length === 0 ? subject : `${subject}: ${words.join(".").replaceAll(".[", "[")}`;
}

/** What stands for the name of a description that has none. */
export const NO_NAME = "(no name)";

/** Name of a description for messages, whatever it holds. */
export function nameOf(description: unknown): string {
  const { name } = Object(description) as { readonly name?: unknown };
  return typeof name === "string" && name.trim() !== "" ? name : NO_NAME;
}
