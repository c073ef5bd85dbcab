import { escapeIdentifier } from "pg";
import type { Account } from "./declaration.ts";

/**
 * Every right in a database belongs to one of three roles that nobody logs in as, and a user has what its one group has. So a changed
 * right is a changed membership, and what a migration makes belongs to the database and not to whoever happened to make it.
 */
export const GROUPS = ["read", "write", "change"] as const satisfies readonly Account["may"][];

/** Name of the group; no user's name has a dot. */
export function groupName(database: string, may: Account["may"]): string {
  return `${database}.${may}`;
}

/** The group as it stands in a statement. */
export function group(database: string, may: Account["may"]): string {
  return escapeIdentifier(groupName(database, may));
}

/** The server cuts longer names without a word, and two of them could become one. */
const NAME_MAX = 63;

/** Longest name of a database whose groups still have names of their own. */
export const DATABASE_NAME_MAX = NAME_MAX - ".change".length;
