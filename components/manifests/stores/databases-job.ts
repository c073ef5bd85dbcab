import type { Input } from "@pulumi/pulumi";
import { settingPrefix } from "../../../model/names.ts";
import type { StorePlan } from "../../../model/plan/stores.ts";
import type { Use } from "../../../model/words/store.ts";

/** One database with everybody who may use it, as the Job reads it; passwords come from the variables it names. */
export interface DatabaseDeclaration {
  readonly name: string;
  readonly users: readonly { readonly name: string; readonly may: Use["may"]; readonly passwordEnv: string }[];
  readonly extensions: readonly string[];
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
export function databasesFile(engine: "mariadb" | "postgres", stores: readonly StorePlan[]): Record<string, string> {
  const databases = stores.map(({ database, users, migrator, extensions }): DatabaseDeclaration => {
    const owners = migrator === null ? [] : [{ user: migrator, may: "change" as const }];
    return {
      name: database,
      users: [...users, ...owners].map(({ user, may }) => ({ name: user, may, passwordEnv: passwordVariable(user) })),
      extensions,
    };
  });
  return { "databases.json": `${JSON.stringify({ engine, databases }, null, 2)}\n` };
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
