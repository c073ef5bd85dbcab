import { createInterface } from "node:readline/promises";
import { UserError } from "./user-error.ts";

/** Whether a person agrees. Where nobody can be asked, nothing is done: the option says it instead. */
export async function confirmed(question: string, option: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UserError(`slipway: nothing was done, because nobody can be asked here. Fix: say ${option}.`);
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asked.question(`${question} [y/N] `)).trim());
  } finally {
    asked.close();
  }
}
