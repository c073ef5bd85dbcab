/** What one kind of new thing consists of. */
export interface Scaffold {
  /** Text of each new file, by its path in the project. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines added to the lists that name it. */
  readonly lists: readonly { readonly path: string; readonly after: RegExp; readonly line: string }[];
  /** What to do now. */
  readonly next: string;
}

/** `late-order` as the name of a value: `lateOrder`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
