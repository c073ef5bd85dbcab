import { visibleLines } from "../../model/harmless/visible.ts";

/** Prints for people on standard output; text from outside in it is only text. */
export function say(text: string): void {
  print(`${visibleLines(text)}\n`);
}

/** The same on standard error. */
export function complain(text: string): void {
  process.stderr.write(`${visibleLines(text)}\n`);
}

/** Prints as it is, for programs and for formats that have made text from outside harmless themselves. */
export function print(text: string): void {
  process.stdout.write(text);
}
