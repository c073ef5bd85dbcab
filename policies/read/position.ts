import { visible } from "../../model/harmless/visible.ts";

/** Input that cannot be read, with the place in the file. */

export class BadInput extends Error {
  readonly file: string;
  readonly line: number;
  readonly column: number;

  constructor(file: string, line: number, column: number, problem: string) {
    super(visible(`${file}:${line}:${column}: ${problem}`));
    this.file = file;
    this.line = line;
    this.column = column;
  }
}

/** Line and column, both from 1, of an offset in a text. */
export function position(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}
