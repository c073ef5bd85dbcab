import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";

/** Who is believed about callers, and for what. */
export interface TokenRules {
  /** What tokens must name as their issuer. */
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer shows its public keys, or the keys themselves. */
  readonly keys: URL | JSONWebKeySet;
}

/** Whoever showed a good token. */
export interface Caller {
  readonly subject: string;
  readonly scopes: readonly string[];
}

/** Why a token is not believed; `keys` where nobody can know yet, for the issuer's keys cannot be had. */
export class TokenRefused extends Error {
  override readonly cause: "missing" | "invalid" | "keys";
  constructor(cause: TokenRefused["cause"], message: string) {
    super(message);
    this.cause = cause;
  }
}

export type Verify = (authorization: string | undefined) => Promise<Caller>;

/** Signatures by a private key alone: with a shared one, whoever can check a token could make one. */
const ALGORITHMS = ["RS256", "ES256"];
/** Clocks of issuer and verifier differ by so many seconds at most. */
const CLOCK_SECONDS = 10;
/** Longest life of an access token; one that lives longer is as good as a password. */
const MAX_AGE_SECONDS = 3600;
/** A new key of the issuer is known after so long at the latest, and a removed one forgotten after ten minutes. */
const KEYS = { timeoutDuration: 2000, cooldownDuration: 5000, cacheMaxAge: 600_000 };

/** Checks the header `Authorization` of a request. Rejects with `TokenRefused` whatever is not surely right. */
export function tokenVerifier({ issuer, audience, keys }: TokenRules): Verify {
  const find: JWTVerifyGetKey = keys instanceof URL ? createRemoteJWKSet(keys, KEYS) : createLocalJWKSet(keys);
  const options = { issuer, audience, algorithms: ALGORITHMS, clockTolerance: CLOCK_SECONDS };
  return async (authorization) => {
    const token = bearerOf(authorization);
    try {
      const { payload } = await jwtVerify(token, find, { ...options, requiredClaims: ["exp", "iat", "sub"] });
      return callerOf(payload);
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

/** The token of the header (RFC 6750, 2.1). */
function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined || authorization.trim() === "")
    throw new TokenRefused("missing", "no token was sent");
  const [, token] = /^bearer +([\w.~+/-]+=*)$/i.exec(authorization) ?? [];
  if (token === undefined) throw new TokenRefused("invalid", 'the header is not "Authorization: Bearer <token>"');
  return token;
}

function callerOf({ sub = "", exp = 0, iat = 0, scope, scp }: JWTPayload): Caller {
  if (!/^[\x21-\x7E]{1,255}$/.test(sub))
    throw new TokenRefused("invalid", "its subject is no name that a header can carry");
  if (exp - iat > MAX_AGE_SECONDS)
    throw new TokenRefused("invalid", `it lives ${exp - iat} s, which is longer than ${MAX_AGE_SECONDS} s`);
  return { subject: sub, scopes: scopesOf(scope ?? scp) };
}

/** Words in one text (RFC 8693), or a list, as some issuers write them. */
function scopesOf(claim: unknown): string[] {
  if (typeof claim === "string") return claim.split(" ").filter(Boolean);
  return Array.isArray(claim) ? claim.filter((one): one is string => typeof one === "string") : [];
}

/** What is wrong with the token is told; whatever else went wrong leaves it unknown, and then nobody comes in. */
function refusalOf(error: unknown): TokenRefused {
  if (error instanceof TokenRefused) return error;
  if (error instanceof errors.JWTExpired) return new TokenRefused("invalid", "it has expired");
  if (error instanceof errors.JWTClaimValidationFailed)
    return new TokenRefused("invalid", `its claim "${error.claim}" is not the right one`);
  return ABOUT_TOKEN.some((kind) => error instanceof kind)
    ? new TokenRefused("invalid", "it is not signed by a key of the issuer")
    : new TokenRefused("keys", "the keys of the issuer cannot be had");
}

const ABOUT_TOKEN = [
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSMultipleMatchingKeys,
  errors.JWKSNoMatchingKey,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWTInvalid,
];
