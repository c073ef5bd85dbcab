import type { Input } from "@pulumi/pulumi";
import { settingPrefix } from "../../../model/names.ts";
import type { StorePlan } from "../../../model/plan/stores.ts";

/** One database with its two users, as the Job reads it; passwords come from the variables it names. */
export interface DatabaseDeclaration {
  readonly name: string;
  readonly user: string;
  readonly passwordEnv: string;
  readonly owner: string;
  readonly ownerPasswordEnv: string;
}

/** How the administrator reaches the server. */
export interface Administrator {
  readonly host: Input<string>;
  readonly port: number;
  readonly tls: "off" | "required";
  readonly user: string;
  readonly password: Input<string>;
}

/** The file from which the Job makes databases, users and grants. It holds no secret. */
export function databasesFile(stores: readonly StorePlan[]): Record<string, string> {
  const declarations = stores.flatMap(({ database: name, users, migrator }) =>
    users.map(({ user }): DatabaseDeclaration => {
      const owner = migrator ?? users.find(({ may }) => may === "change")?.user ?? user;
      return { name, user, passwordEnv: passwordVariable(user), owner, ownerPasswordEnv: passwordVariable(owner) };
    }),
  );
  return { "databases.json": `${JSON.stringify({ databases: declarations }, null, 2)}\n` };
}

/** Everything the Job needs to connect as the administrator and to set passwords; all of it in one Secret. */
export function administratorCredential(
  { host, port, tls, user, password }: Administrator,
  passwords: ReadonlyMap<string, Input<string>>,
): Record<string, Input<string>> {
  return {
    DATABASE_HOST: host,
    DATABASE_PORT: String(port),
    DATABASE_TLS: tls,
    DATABASE_USER: user,
    DATABASE_PASSWORD: password,
    ...Object.fromEntries([...passwords].map(([name, value]) => [passwordVariable(name), value])),
  };
}

function passwordVariable(user: string): string {
  return `${settingPrefix(user)}_PASSWORD`;
}
