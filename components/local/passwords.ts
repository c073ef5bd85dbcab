import type { CustomResourceOptions, Output } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";

/** 32 letters and digits: 190 bits, and no character that any client or shell would misread. */
const PASSWORD = { length: 32, special: false };

/** A password for each user of one server, and for the one who looks after it. */
export function makePasswords(
  server: string,
  root: string,
  users: readonly string[],
  opts: CustomResourceOptions,
): { readonly root: Output<string>; readonly passwords: ReadonlyMap<string, Output<string>> } {
  const password = (user: string) => new RandomPassword(`${server}-${user}`, PASSWORD, { parent: opts.parent! }).result;
  return { root: password(root), passwords: new Map(users.map((user) => [user, password(user)])) };
}
