import type { IncomingHttpHeaders } from "node:http";
import type { FastifyRequest } from "fastify";
import { VERIFIER } from "../../model/names.ts";
import { Refusal } from "./refusal.ts";

/** Who calls. */
export interface Caller {
  readonly subject: string;
  readonly scopes: readonly string[];
}

/** A name as the entry passes it on; a header that came twice is none. */
const SUBJECT = /^[\x21-\x7E]{1,255}$/;

/**
 * The caller of a route for signed-in callers, as the entry has checked their token: it takes these headers from every request before it
 * sets them. Refuses who comes another way with 401, and who has not all of these scopes with 403.
 */
export function callerOf({ headers }: { readonly headers: IncomingHttpHeaders }, ...wanted: string[]): Caller {
  const subject = subjectOf(headers);
  if (subject === undefined) throw new Refusal(401, "unauthorized", "Sign in first: nobody says who is calling.");
  const scopes = String(headers[VERIFIER.scopes] ?? "")
    .split(" ")
    .filter(Boolean);
  if (wanted.every((scope) => scopes.includes(scope))) return { subject, scopes };
  throw new Refusal(403, "forbidden", `This needs the scopes: ${wanted.join(" ")}.`);
}

/** The same as a hook of a route: `app.get(path, { onRequest: signedIn("read"), … })`. */
export function signedIn(...wanted: string[]): (request: FastifyRequest) => Promise<void> {
  return async (request) => void callerOf(request, ...wanted);
}

/** Their name alone; undefined for who did not sign in. */
export function subjectOf(headers: IncomingHttpHeaders): string | undefined {
  const text = headers[VERIFIER.subject];
  return typeof text === "string" && SUBJECT.test(text) ? text : undefined;
}
