import { VERIFIER } from "../../model/names.ts";
import { type Caller, TokenRefused, type Verify } from "./token.ts";

/** What a gateway or a client is answered: the headers say who the caller is, or what is missing (RFC 6750, 3). */
export interface Admission {
  readonly status: 200 | 401 | 403 | 503;
  readonly headers: Readonly<Record<string, string>>;
  /** As RFC 9457 wants it; null where the request may pass. */
  readonly problem: { readonly title: string; readonly status: number; readonly detail: string } | null;
}

const RETRY_SECONDS = "5";

/** Whether somebody with this header may pass who needs all of these scopes. Nobody passes while that cannot be known. */
export async function admit(
  verify: Verify,
  authorization: string | undefined,
  wanted: readonly string[],
): Promise<Admission> {
  try {
    return admitted(await verify(authorization), wanted);
  } catch (error) {
    return error instanceof TokenRefused && error.cause !== "keys" ? unsigned(error) : unknown();
  }
}

function admitted({ subject, scopes }: Caller, wanted: readonly string[]): Admission {
  if (wanted.every((scope) => scopes.includes(scope)))
    return {
      status: 200,
      headers: { [VERIFIER.subject]: subject, [VERIFIER.scopes]: scopes.join(" ") },
      problem: null,
    };
  const scope = wanted.join(" ");
  return {
    status: 403,
    headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${scope}"` },
    problem: { title: "Not for this caller", status: 403, detail: `The token has not all of the scopes: ${scope}` },
  };
}

function unsigned({ cause, message }: TokenRefused): Admission {
  const challenge = cause === "missing" ? "Bearer" : 'Bearer error="invalid_token"';
  return {
    status: 401,
    headers: { "www-authenticate": challenge },
    problem: { title: "Sign in first", status: 401, detail: `The token is refused: ${message}.` },
  };
}

function unknown(): Admission {
  return {
    status: 503,
    headers: { "retry-after": RETRY_SECONDS },
    problem: { title: "Try again shortly", status: 503, detail: "Nobody can check tokens at the moment." },
  };
}
