import type { Fault } from "../../fault.ts";
import type { ExistingStore } from "../../words/store.ts";
import { type Path, unless } from "../place.ts";

/** A store that is there already and cannot be asked for. */
export function checkExisting(path: Path, { kind, existing, user, password, database }: ExistingStore): Fault[] {
  return [
    ...unless(/^[a-z][a-z0-9+.-]*$/.test(kind), {
      kind: "existing-kind",
      path: path(".kind"),
      found: `"${kind}"`,
      allowed: "the scheme of its addresses, in lower case",
      fix: 'write a word such as "amqp", "mongodb" or "opensearch"',
    }),
    ...unless(/^[a-zA-Z][a-zA-Z0-9-]*$/.test(existing), {
      kind: "existing-setting",
      path: path(".existing"),
      found: `"${withoutLogin(existing)}"`,
      allowed: "the name of a stack setting, whose value is the address: letters, digits and '-', first a letter",
      fix: 'write a name such as "shop-queue"; its address is a setting of the stack: `stores:shop-queue: <host:port>` below config in Pulumi.<stack>.yaml',
    }),
    ...unless(password === undefined || user !== undefined, {
      kind: "password-without-user",
      path: path(".user"),
      found: "nothing, while there is a password",
      allowed: "the name that logs in with it",
      fix: "add `user`",
    }),
    ...unless(database === undefined || /^[\w$.-]{1,128}$/.test(database), {
      kind: "existing-database",
      path: path(".database"),
      found: `"${database}"`,
      allowed: "the name of a database as it stands in an address: letters, digits and _ $ . -",
      fix: "write it as it is called there",
    }),
  ];
}

/** An address may have a password in it, which no message repeats. */
function withoutLogin(address: string): string {
  return address.replace(/[^/@]*@/, "…@");
}
