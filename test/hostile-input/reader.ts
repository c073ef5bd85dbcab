/** One place where the project reads what others wrote. */
export interface Reader {
  readonly name: string;
  /** Inputs that are right, which are then changed here and there. */
  readonly samples: readonly unknown[];
  /** Text of an input as the reader gets it; JSON unless said otherwise. */
  readonly written?: (input: unknown) => string;
  /** Reads it and answers everything that people are shown then. Throws what the command line would tell. */
  read(text: string): string | Promise<string>;
}
