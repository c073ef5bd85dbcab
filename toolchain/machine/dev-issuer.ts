import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, type JSONWebKeySet, SignJWT } from "jose";
import { stateHome } from "./cache-folders.ts";
import { withLock } from "./lock.ts";
import { ownFolder } from "./own-folder.ts";
import { ToolError } from "./tool-error.ts";
import { writeAtomically } from "./write-atomically.ts";

/** What tokens of dev name as their issuer. Nobody answers there: who checks them has the keys already. */
export const DEV_ISSUER = "https://issuer.localhost";
const ALGORITHM = "ES256";

/** What a token of dev says. */
export interface DevClaims {
  readonly audience: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** How long it is good for. */
  readonly seconds: number;
}

/** The public half of the key that signs on this machine; the key is made the first time. */
export async function devKeys(): Promise<JSONWebKeySet> {
  const { d: _secretHalf, ...shown } = await signingKey();
  return { keys: [shown] };
}

/** A token that the systems of dev believe which have no issuer of their own. */
export async function signDevToken({ audience, subject, scopes, seconds }: DevClaims): Promise<string> {
  const key = await signingKey();
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ scope: scopes.join(" ") })
    .setProtectedHeader({ alg: ALGORITHM, typ: "at+jwt", ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .setIssuer(DEV_ISSUER)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(key);
}

/** Only its owner may read the file; two commands at once make one key. */
async function signingKey(): Promise<JWK> {
  const file = join(stateHome(), "issuer", "dev.json");
  if (existsSync(file)) return read(file);
  ownFolder(dirname(file));
  const lock = join(stateHome(), "locks", "issuer-dev");
  return withLock(
    lock,
    () => undefined, // it takes no longer than making a key
    async () => {
      if (!existsSync(file)) writeAtomically(file, `${JSON.stringify(await newKey())}\n`);
      return read(file);
    },
  );
}

async function newKey(): Promise<JWK> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const kid = await calculateJwkThumbprint(await exportJWK(publicKey));
  return { ...(await exportJWK(privateKey)), alg: ALGORITHM, use: "sig", kid };
}

function read(file: string): JWK {
  try {
    const key = JSON.parse(readFileSync(file, "utf8")) as JWK;
    if (key.kty === "EC" && key.crv === "P-256" && key.d && key.kid) return key;
  } catch {
    // told below, without a word of it: it holds what nobody may see
  }
  throw new ToolError(
    `${file} holds no key any more`,
    "delete it; the next npx slipway up dev makes another, and tokens of the old one end",
  );
}
