import { readFileSync } from "node:fs";
import Type, { type Static, type TSchema } from "typebox";
import { Value } from "typebox/value";
import { safeMessage } from "./safe-error.ts";

const Name = Type.String({ pattern: "^[a-z][a-z0-9_]{0,62}$" });
const EnvName = Type.String({ pattern: "^[A-Z][A-Z0-9_]*$" });

export const TopicsFile = Type.Object({
  topics: Type.Array(
    Type.Object({
      name: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,248}$" }),
      partitions: Type.Integer({ minimum: 1, maximum: 1000 }),
      replicas: Type.Integer({ minimum: 1, maximum: 10 }),
      configs: Type.Record(Type.String(), Type.String()),
    }),
    { minItems: 1 },
  ),
});

const User = Type.Object({
  name: Name,
  may: Type.Union([Type.Literal("read"), Type.Literal("write"), Type.Literal("change")]),
  passwordEnv: EnvName,
});

export const DatabasesFile = Type.Object({
  engine: Type.Union([Type.Literal("mariadb"), Type.Literal("postgres")]),
  databases: Type.Array(
    Type.Object({
      name: Name,
      users: Type.Array(User, { minItems: 1 }),
      extensions: Type.Array(Type.String({ pattern: "^[a-z][a-z0-9_-]{0,62}$" })),
    }),
    { minItems: 1 },
  ),
});
export type DatabasesFile = Static<typeof DatabasesFile>;

/** The input of a job is wrong; every fault is in the message. */
export class BadInput extends Error {}

/** Reads and checks a declaration file. */
export function readDeclaration<Schema extends TSchema>(path: string, schema: Schema): Static<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new BadInput(`${path}: ${safeMessage(error)}`);
  }
  if (Value.Check(schema, value)) return value;
  const faults = [...Value.Errors(schema, value)].map((fault) => `${path}${fault.instancePath}: ${fault.message}`);
  throw new BadInput(faults.join("\n"));
}
