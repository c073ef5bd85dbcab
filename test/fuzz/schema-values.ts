import fc from "fast-check";
import { hostileValue } from "../hostile-input/values.ts";

/** The parts of a JSON Schema by which values are made. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

const LONGEST = 60;
const LARGEST = 1_000_000;

/** Values that fit a schema. */
export function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fitting));
  if (schema.type === "object" || schema.properties) return objects(schema);
  if (schema.type === "array") return fc.array(fitting(schema.items ?? {}), { maxLength: schema.maxItems ?? 3 });
  if (schema.type === "string") return strings(schema);
  const { minimum: min = 0, maximum: max = LARGEST } = schema;
  if (schema.type === "integer") return fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
  if (schema.type === "number") return fc.double({ min, max, noNaN: true });
  return schema.type === "boolean" ? fc.boolean() : fc.constant(null);
}

function objects({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, fitting(inner)]));
  return fc.record(fields, { requiredKeys: [...required] });
}

function strings({ pattern, format, minLength = 0, maxLength = LONGEST }: Schema): fc.Arbitrary<unknown> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, "u"));
  if (format === "date-time")
    return fc.date({ noInvalidDate: true, min: new Date(0) }).map((date) => date.toISOString());
  return fc.string({ unit: "grapheme", minLength, maxLength: Math.min(maxLength, Math.max(minLength, LONGEST)) });
}

/** Values that fit a schema, and such as somebody sends who means harm: a field of another kind, one too many, one too few, or nothing of it at all. */
export function offered(schema: Schema): fc.Arbitrary<unknown> {
  const names = Object.keys(schema.properties ?? {});
  const fits = fitting(schema) as fc.Arbitrary<Record<string, unknown>>;
  if (names.length === 0) return fc.oneof(fits, hostileValue);
  const name = fc.constantFrom(...names);
  return fc.oneof(
    { weight: 3, arbitrary: fits },
    {
      weight: 3,
      arbitrary: fc.tuple(fits, name, hostileValue).map(([value, key, wrong]) => ({ ...value, [key]: wrong })),
    },
    fc.tuple(fits, hostileValue).map(([value, more]) => ({ ...value, more })),
    fc
      .tuple(fits, name)
      .map(([value, key]) => Object.fromEntries(Object.entries(value).filter(([one]) => one !== key))),
    hostileValue,
  );
}
