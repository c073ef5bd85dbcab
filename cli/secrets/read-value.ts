import { createInterface } from "node:readline/promises";
import { buffer } from "node:stream/consumers";
import { Writable } from "node:stream";
import { UserError } from "../terminal/user-error.ts";
import { print } from "../terminal/say.ts";

/** What Secrets Manager takes, so that no value works on dev and fails on prod. */
const MOST_BYTES = 65_536;

/** The value of a secret: asked for on a terminal, where nobody sees what is typed, or all of standard input. */
export async function readValue(name: string): Promise<string> {
  const bytes = process.stdin.isTTY ? Buffer.from(await typed(name)) : await buffer(process.stdin);
  return valueIn(bytes, name);
}

/** Its text without the end of its last line, which echo and editors add. Throws, without a word of it, what no program could read. */
export function valueIn(bytes: Buffer, name: string): string {
  const value = bytes.toString("utf8").replace(/\r?\n$/, "");
  const fault = faultOf(value, bytes);
  if (fault === undefined) return value;
  throw new UserError(
    `slipway: ${name}: found ${fault}, allowed: a text of 1 to ${MOST_BYTES} bytes. Nothing was kept. Fix: give the value alone, such as from a file with < FILE; encode what is no text, such as by base64`,
  );
}

function faultOf(value: string, bytes: Buffer): string | undefined {
  if (value === "") return "nothing";
  if (bytes.length > MOST_BYTES) return `${bytes.length} bytes`;
  if (value.includes("\0")) return "a zero byte, which no variable can hold";
  return Buffer.from(bytes.toString("utf8")).equals(bytes) ? undefined : "bytes that are no text in UTF-8";
}

/** One line. The terminal is told not to show it before anything is asked. */
async function typed(name: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  const stopped = new AbortController();
  line.once("SIGINT", () => stopped.abort()).once("close", () => stopped.abort());
  print(`Value of ${name} (it is not shown): `);
  try {
    return await line.question("", { signal: stopped.signal });
  } catch {
    throw new UserError(`slipway: ${name}: nothing was kept.`, 1);
  } finally {
    line.close();
    print("\n");
  }
}
