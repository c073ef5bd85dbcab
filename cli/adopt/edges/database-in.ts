import type { Program, Variable } from "../program.ts";
import { plainText } from "../stores/recognise.ts";
import type { Mention } from "./mentions.ts";

/** The database that an address names: behind it, beside it in a connection string, or in a variable beside that of the host. */
export function databaseIn(
  text: string,
  mention: Mention,
  variable: Variable | undefined,
  program: Program,
): string | undefined {
  const behind = /^\)?\/([\w$-]+)/.exec(text.slice(mention.end))?.[1];
  if (behind !== undefined && (mention.scheme !== undefined || text[mention.end] === ")")) return behind;
  const keyed = /(?:^|[\s;,&?])(?:dbname|database|initial catalog)\s*=\s*([\w$-]+)/i.exec(text)?.[1];
  if (keyed !== undefined) return keyed;
  return variable === undefined ? undefined : besideOf(variable.name, program);
}

/** `ORDERS_DB_NAME` is beside `ORDERS_DB_HOST`. */
function besideOf(name: string, { variables }: Program): string | undefined {
  const stem = stemOf(name);
  const names = ["NAME", "DATABASE", "DB", "DBNAME", "DB_NAME", "DATABASE_NAME", "SCHEMA"];
  const found = variables.find((other) => names.some((end) => other.name.toUpperCase() === `${stem}${end}`));
  return found === undefined ? undefined : plainText(found.told);
}

/** What a variable of a host has in front of the word for it. */
export function stemOf(name: string): string {
  return name.toUpperCase().replace(/(HOST|HOSTNAME|ADDR|ADDRESS|ADDRESSES|SERVER|ENDPOINT|URL|URI|SERVICE|SVC)$/, "");
}
