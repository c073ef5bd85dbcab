import { createHash } from "node:crypto";
import { type Input, interpolate } from "@pulumi/pulumi";
import { PORT, VERIFIER } from "../../model/names.ts";
import type { CustomObject } from "./custom-object.ts";
import { middleware } from "./gateway.ts";
import type { Owner } from "./metadata.ts";

/** Digits that tell apart sets of scopes whose names would be alike. */
const DIGITS = 7;

/** Name of what asks for a token with these scopes. */
export function signedInName(scopes: readonly string[]): string {
  if (scopes.length === 0) return "signed-in";
  const [only = ""] = scopes;
  if (scopes.length === 1 && /^[a-z0-9]{1,20}$/.test(only)) return `signed-in-${only}`;
  const digits = createHash("sha256").update(JSON.stringify(scopes.toSorted())).digest("hex").slice(0, DIGITS);
  return `signed-in-${digits}`;
}

/**
 * Asks the verifier about each request, which sees of it the token alone. Whatever it answers but 200 is the answer; what it says of the
 * caller replaces what the caller says. Nobody comes in while it is away.
 */
export function signedIn(owner: Owner, scopes: readonly string[]): CustomObject {
  const query = new URLSearchParams(scopes.map((scope): [string, string] => ["scope", scope])).toString();
  return middleware(owner, {
    forwardAuth: {
      address: checkUrl(owner.namespace, query),
      trustForwardHeader: false,
      authRequestHeaders: ["Authorization"],
      authResponseHeaders: [VERIFIER.subject, VERIFIER.scopes],
    },
  });
}

/** The gateway asks from another namespace. */
function checkUrl(namespace: Input<string>, query: string): Input<string> {
  const path = `${VERIFIER.check}${query === "" ? "" : `?${query}`}`;
  return interpolate`http://${VERIFIER.name}.${namespace}.svc:${PORT.http}${path}`;
}
