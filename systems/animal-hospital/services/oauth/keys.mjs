import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  generateKeyPair,
  hkdfSync,
  randomBytes,
  randomUUID,
} from "node:crypto";
import { promisify } from "node:util";
import { alone } from "./database.mjs";

const DAY_MS = 86_400_000;
/** A key signs for as long. */
export const SIGNS_MS = 30 * DAY_MS;
/** A key is published before it signs: everybody who keeps the keys for less has it by then. */
export const PUBLISHED_BEFORE_MS = 3_600_000;
/** A key is published after it signed, far longer than a token lives. */
export const PUBLISHED_AFTER_MS = DAY_MS;
const BITS = 2048;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key for one purpose, of the one secret that this program is given. */
export function derived(secret, purpose) {
  return Buffer.from(hkdfSync("sha256", secret, "animal-hospital/oauth", purpose, 32));
}

/** Which keys are published at a time, the one that signs first. `keys` are oldest first. */
export function keysAt(keys, now) {
  const signing = keys.findLast(({ createdAt }) => createdAt + PUBLISHED_BEFORE_MS <= now) ?? keys[0];
  const others = keys.filter((key, index) => {
    const successor = keys[index + 1];
    const ended = successor && successor.createdAt + PUBLISHED_BEFORE_MS + PUBLISHED_AFTER_MS <= now;
    return key !== signing && !ended;
  });
  return [signing, ...others];
}

/** Whether the next key has to be made, so that it is known when the last one has signed for long enough. */
export function nextIsDue(keys, now) {
  const last = keys.at(-1);
  return last === undefined || last.createdAt + SIGNS_MS <= now;
}

/** The private keys in the database, which only the secret opens; makes the next one when it is due. Oldest first. */
export async function readKeys(db, secret, now = Date.now()) {
  const sealing = derived(secret, "keys");
  const known = await read(db, sealing);
  if (!nextIsDue(known, now)) return known;
  return alone(db, "oauth:keys", async (connection) => {
    const current = await read(connection, sealing);
    if (!nextIsDue(current, now)) return current;
    const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: BITS });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" });
    const row = [randomUUID(), seal(pem, sealing), now];
    await connection.query("INSERT INTO signing_keys (kid, sealed, created_at) VALUES (?, ?, ?)", row);
    return read(connection, sealing);
  });
}

/** The keys as the provider takes them. */
export function asJwks(keys) {
  return {
    keys: keys.map(({ kid, pem }) => ({
      ...createPrivateKey(pem).export({ format: "jwk" }),
      kid,
      use: "sig",
      alg: "RS256",
    })),
  };
}

async function read(db, sealing) {
  const [rows] = await db.query("SELECT kid, sealed, created_at FROM signing_keys ORDER BY created_at");
  return rows.map(({ kid, sealed, created_at }) => ({
    kid,
    pem: open(sealed, sealing),
    createdAt: Number(created_at),
  }));
}

export function seal(text, key) {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
}

export function open(text, key) {
  const bytes = Buffer.from(text, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
}
