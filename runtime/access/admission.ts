import { VERIFIER } from "../../model/names.ts";
import type { Reason } from "../http/problem.ts";
import { type Caller, TokenRefused, type Verify } from "./token.ts";

/** What a gateway or a client is answered: the headers say who the caller is, or what is missing (RFC 6750, 3). */
export interface Admission {
  readonly status: 200 | 401 | 403 | 503;
  readonly headers: Readonly<Record<string, string>>;
  /** Null where the request may pass. */
  readonly problem: Reason | null;
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
    problem: { status: 403, error: "forbidden", message: `The token has not all of the scopes: ${scope}` },
  };
}

function unsigned({ cause, message }: TokenRefused): Admission {
  const challenge = cause === "missing" ? "Bearer" : 'Bearer error="invalid_token"';
  return {
    status: 401,
    headers: { "www-authenticate": challenge },
    problem: { status: 401, error: "unauthorized", message: `Sign in first. The token is refused: ${message}.` },
  };
}

function unknown(): Admission {
  return {
    status: 503,
    headers: { "retry-after": RETRY_SECONDS },
    problem: {
      status: 503,
      error: "unavailable",
      message: "Nobody can check tokens at the moment; try again shortly.",
    },
  };
}
