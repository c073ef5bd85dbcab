import { createHash } from "node:crypto";
import { CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import type { Kysely } from "kysely";
import { ALGORITHM, AUDIENCE, ISSUER } from "./keys-contract.ts";

export interface KeyTables {
  /** `secretHalf` is encrypted: whoever reads the table or its backup signs nothing. */
  signingKeys: { kid: string; publicHalf: string; secretHalf: string; createdAt: Date };
}

/** A token is good for an hour: the entry believes none that lives longer. */
const TOKEN_SECONDS = 3600;
/** A key signs for a day, and is shown until its last token has ended. */
const SIGNS_MS = 86_400_000;
const SHOWN_MS = SIGNS_MS + TOKEN_SECONDS * 1000 + 60_000;

/** Keys of auth: a new one each day; several replicas may make one at once, the newest signs. */
export class SigningKeys {
  readonly #db: Kysely<KeyTables>;
  readonly #wrap: Uint8Array;

  /** `secret`, of any length, encrypts the secret halves. */
  constructor(db: Kysely<KeyTables>, secret: string) {
    this.#db = db;
    this.#wrap = createHash("sha256").update(secret).digest();
  }

  /** Makes a key where the newest is a day old, and forgets those whose last token has ended. */
  async rotate(now = Date.now()): Promise<void> {
    const newest = await this.#newest();
    if (newest === undefined || newest.createdAt.getTime() < now - SIGNS_MS) await this.#make(new Date(now));
    await this.#db
      .deleteFrom("signingKeys")
      .where("createdAt", "<", new Date(now - SHOWN_MS))
      .execute();
  }

  /** Public halves, for those who check tokens. */
  async shown(): Promise<JWK[]> {
    await this.#current();
    const rows = await this.#db.selectFrom("signingKeys").select("publicHalf").orderBy("createdAt", "desc").execute();
    return rows.map(({ publicHalf }) => JSON.parse(publicHalf) as JWK);
  }

  async sign(username: string): Promise<{ token: string; expiresIn: number }> {
    const { kid, secretHalf } = await this.#current();
    const { plaintext } = await compactDecrypt(secretHalf, this.#wrap);
    const key = await importJWK(JSON.parse(new TextDecoder().decode(plaintext)) as JWK, ALGORITHM);
    const token = await new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM, kid, typ: "JWT" })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(username)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS} s`)
      .sign(key);
    return { token, expiresIn: TOKEN_SECONDS };
  }

  async #current() {
    return (await this.#newest()) ?? this.#make(new Date());
  }

  #newest() {
    return this.#db.selectFrom("signingKeys").selectAll().orderBy("createdAt", "desc").limit(1).executeTakeFirst();
  }

  async #make(createdAt: Date) {
    const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const kid = crypto.randomUUID();
    const secretHalf = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(await exportJWK(privateKey))))
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .encrypt(this.#wrap);
    const publicHalf = JSON.stringify({ ...(await exportJWK(publicKey)), alg: ALGORITHM, use: "sig", kid });
    const row = { kid, publicHalf, secretHalf, createdAt };
    await this.#db.insertInto("signingKeys").values(row).execute();
    return row;
  }
}
