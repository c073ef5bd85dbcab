import type { TSchema } from "typebox";
import { Compile } from "typebox/schema";
import { Settings } from "typebox/system";
import { shortened } from "../process/shortened.ts";
import { Refusal } from "./refusal.ts";

type Fault = ReturnType<ReturnType<typeof Compile>["Errors"]>[1][number];

/** Values of a request that are looked at for faults: finding and naming each takes time that others wait for. */
const MAX_VALUES = 100;
/** Unknown fields that are named. */
const MAX_UNKNOWN = 10;
const MAX_NAME = 60;
const MAX_FAULT = 200;

/**
 * The check of one part of a request against its schema. All faults are told at once, and neither the work nor the answer grows with what
 * was sent: of a request that is wrong and large, only so much is looked at.
 */
export function validatorFor({ schema, httpPart = "request" }: { schema: TSchema; httpPart?: string }) {
  Settings.Set({ maxErrors: MAX_VALUES }); // of this process; the usual 8 would hide some behind others
  const validator = Compile(schema);
  const { properties = {} } = schema as { properties?: object };
  const known = new Set(Object.keys(properties));
  return (data: unknown): true | { error: Refusal } => {
    if (validator.Check(data)) return true;
    const looked = excerpt(data, known);
    const faults = isSmall(looked) ? validator.Errors(looked)[1].flatMap((fault) => faultText(httpPart, fault)) : [];
    const unsaid = `${httpPart} does not fit its schema, and has more than the ${MAX_VALUES} values that are looked at`;
    return { error: new Refusal(400, "invalid_request", faults.length > 0 ? faults.join("; ") : unsaid) };
  };
}

/** The fields that the schema knows, and a few of the others. */
function excerpt(data: unknown, known: ReadonlySet<string>): unknown {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return data;
  const fields = data as Readonly<Record<string, unknown>>;
  const names = Object.keys(fields);
  if (names.length <= MAX_UNKNOWN) return data;
  const unknown = names.slice(0, known.size + MAX_UNKNOWN).filter((name) => !known.has(name));
  const shown = [...known].filter((name) => Object.hasOwn(fields, name)).concat(unknown.slice(0, MAX_UNKNOWN));
  return Object.fromEntries(shown.map((name) => [name, fields[name]]));
}

/** Whether there are few values in it, at any depth; found out by looking at few. */
function isSmall(data: unknown): boolean {
  const waiting = [data];
  for (let seen = 1; waiting.length > 0; seen += 1) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) continue;
    const inside: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    if (seen + waiting.length + inside.length > MAX_VALUES) return false;
    waiting.push(...inside);
  }
  return true;
}

/** Where the fault is, and what is wanted there. */
function faultText(part: string, { keyword, instancePath, message, params }: Fault): readonly string[] {
  if (keyword === "boolean") return []; // an unknown field once more: "additionalProperties" names them all
  const names = "additionalProperties" in params ? params.additionalProperties : [];
  const allowed = "allowedValues" in params ? params.allowedValues.map(String) : [];
  const more = [...names.map((name) => shortened(name, MAX_NAME)), ...allowed].join(", ");
  return [shortened(`${part}${instancePath.replaceAll("/", ".")} ${message}`, MAX_FAULT) + (more && ` (${more})`)];
}
