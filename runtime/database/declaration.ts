import type { DatabaseSettings } from "../process/settings.ts";

/** One user of a database: what it may do there, and with which password it comes. */
export interface Account {
  readonly name: string;
  /** Rows read; rows read and written; tables changed as well. */
  readonly may: "read" | "write" | "change";
  readonly password: string;
}

/** One database with everybody who may use it. */
export interface Declaration {
  readonly name: string;
  readonly accounts: readonly Account[];
  readonly extensions: readonly string[];
}

/** How a single connection is made, such as that of the administrator of the server. */
export type Administrator = Omit<DatabaseSettings, "pool" | "engine">;

/** Password of every user, once, however many databases it uses. */
export function passwordsOf(declarations: readonly Declaration[]): ReadonlyMap<string, string> {
  return new Map(declarations.flatMap(({ accounts }) => accounts.map(({ name, password }) => [name, password])));
}
