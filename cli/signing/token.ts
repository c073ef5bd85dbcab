import { defineCommand } from "citty";
import { signDevToken } from "../../toolchain/machine/dev-issuer.ts";
import { findSystem } from "../project/find-system.ts";
import { print } from "../terminal/say.ts";
import { claimsOf } from "./claims-of.ts";

/** Prints a token of this machine's own issuer, and nothing else: a shell puts it into a variable or a header. */
export const token = defineCommand({
  meta: { name: "token", description: "Sign a token for a system of dev, as its callers send it (dev only)" },
  args: {
    system: { type: "positional", description: "System", required: true },
    subject: { type: "string", description: "Who the caller is", default: "somebody", valueHint: "alice" },
    scope: { type: "string", description: "What the caller may do; several with spaces", valueHint: "read" },
    for: { type: "string", description: "How long it is good for, an hour at the most", default: "10m" },
  },
  async run({ args }) {
    const claims = claimsOf(findSystem(args.system), {
      subject: args.subject,
      scope: args.scope ?? "",
      life: args.for,
    });
    print(`${await signDevToken(claims)}\n`);
  },
});
