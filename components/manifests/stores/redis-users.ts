import { createHash } from "node:crypto";
import type { StoreUserPlan } from "../../../model/plan/stores.ts";
import type { Use } from "../../../model/words/store.ts";

/** Every key and channel; clients ask INFO when they connect, although it counts as dangerous. */
const EVERYWHERE = "~* &*";

/**
 * Rights in the words of an ACL, which ElastiCache calls an access string: the same on both sides. Nobody configures or stops the server.
 * Who writes may do at once what it could do key by key, although that counts as dangerous: look at all keys, and delete them.
 */
const RIGHTS: Readonly<Record<Use["may"], string>> = {
  read: "-@all +@read +@connection +@transaction +subscribe +unsubscribe +psubscribe +punsubscribe -@admin -@dangerous +info",
  write: "+@all -@admin -@dangerous +info +keys +flushdb",
  change: "+@all -@admin",
};

/** Access string of a user, without its password. */
export function accessString(may: Use["may"]): string {
  return `on ${EVERYWHERE} ${RIGHTS[may]}`;
}

/** The user with which the server is watched: figures and no data. No service has a dot in its name. */
const MONITOR = "slipway.monitor";
const MONITOR_RIGHTS =
  "-@all +ping +select +dbsize +info +config|get +client|list +client|setname +latency|latest +latency|histogram +slowlog|len +slowlog|get";

/** The ACL file of a server: nobody without a name, and of every password only its hash. */
export function usersFile(
  users: readonly StoreUserPlan[],
  passwords: ReadonlyMap<string, string>,
  monitorPassword: string,
): string {
  const lines = users.map(({ user, may }) => {
    const [on = "", ...rights] = accessString(may).split(" ");
    return `user ${user} ${on} ${hashed(passwords.get(user) ?? "")} ${rights.join(" ")}`;
  });
  return ["user default off", `user ${MONITOR} on ${hashed(monitorPassword)} ${MONITOR_RIGHTS}`, ...lines, ""].join(
    "\n",
  );
}

function hashed(password: string): string {
  return `#${createHash("sha256").update(password).digest("hex")}`;
}
