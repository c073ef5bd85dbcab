import { createLocalJWKSet, errors, jwtVerify } from "jose";
import { Value } from "typebox/value";
import { CalleeUnavailable, type Call, tryLater } from "../../../runtime/http/edge.ts";
import { Refusal } from "../../../runtime/http/refusal.ts";
import type { EdgeSettings } from "../../../runtime/process/settings.ts";
import { ALGORITHM, AUDIENCE, ISSUER, KEYS_PATH, keysContract } from "./keys-contract.ts";
import { Username } from "./events.ts";

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Who asks: the subject of the token of a request. */
export type SignedIn = (authorization: string | undefined) => Promise<string>;

/** The keys are asked for again when they are this old, so that one taken out of use is soon refused. */
const KEEP_MS = 300_000;
/** A token with an unknown key has the keys asked for again, but not more often than this. */
const COOL_DOWN_MS = 5000;

/** Only the signed token says who asks: no header beside it is looked at. */
export function signedIn(auth: { call: Call; settings: EdgeSettings }): SignedIn {
  let known: { keys: KeySet; at: number } | undefined;
  const keysNotOlderThan = async (ageMs: number): Promise<KeySet> => {
    if (known !== undefined && Date.now() - known.at < ageMs) return known.keys;
    try {
      known = { keys: await askForKeys(auth.call), at: Date.now() };
    } catch (error) {
      // Keys of a while ago still check tokens; without any, nobody can be let in.
      if (!(error instanceof CalleeUnavailable)) throw error;
      if (known === undefined) throw tryLater(error, auth.settings);
    }
    return known.keys;
  };
  return async (authorization) => {
    const token = bearerOf(authorization);
    try {
      return await subjectOf(token, await keysNotOlderThan(KEEP_MS));
    } catch (error) {
      if (!(error instanceof UnknownKey)) throw error;
    }
    return subjectOf(token, await keysNotOlderThan(COOL_DOWN_MS));
  };
}

/** The token of a request. */
export function bearerOf(authorization: string | undefined): string {
  const token = /^Bearer ([\w.-]{1,4000})$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw unauthorized("Sign in first: the request has no bearer token.");
  return token;
}

/** The subject of a token that these keys signed, for us, and that has not ended. */
export async function subjectOf(token: string, keys: KeySet): Promise<string> {
  const wanted = { issuer: ISSUER, audience: AUDIENCE, algorithms: [ALGORITHM], requiredClaims: ["sub", "exp"] };
  try {
    const { payload } = await jwtVerify(token, keys, wanted);
    if (!Value.Check(Username, payload.sub)) throw unauthorized("The token is not that of a person.");
    return payload.sub;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthorized("The token has ended: sign in again.");
    if (error instanceof errors.JWKSNoMatchingKey) throw new UnknownKey();
    if (error instanceof errors.JOSEError) throw unauthorized("The token is not valid here.");
    throw error;
  }
}

async function askForKeys(call: Call): Promise<KeySet> {
  const { status, body } = await call({ method: "GET", path: KEYS_PATH });
  if (status !== 200 || !Value.Check(keysContract.response, body)) throw new CalleeUnavailable("auth", "client_error");
  return createLocalJWKSet(body);
}

const unauthorized = (message: string) => new Refusal(401, "unauthorized", message);

/** The key may be a new one, which whoever asked for keys before does not have yet. */
class UnknownKey extends Refusal {
  constructor() {
    super(401, "unauthorized", "The token is signed with no key of ours.");
  }
}
