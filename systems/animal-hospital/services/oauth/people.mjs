import { randomBytes, randomUUID, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(scrypt);
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** 2^15 rounds at 32 MiB: a tenth of a second here, years for who guesses. */
const COST = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
/** Wrong passwords in a row until an account is closed for a while. */
const FAILURES = 10;
const CLOSED_MS = 300_000;
const NAME = /^[\p{L}\p{N}._@+-]{3,100}$/u;
const MIN_PASSWORD = 10;
const MAX_PASSWORD = 200;

/** Why a name and a password cannot make an account; undefined when they can. */
export function unfit(name, password) {
  if (!NAME.test(name)) return "A name has 3 to 100 letters, digits or . _ @ + -";
  if (password.length < MIN_PASSWORD) return `A password has at least ${MIN_PASSWORD} characters.`;
  return password.length > MAX_PASSWORD ? `A password has at most ${MAX_PASSWORD} characters.` : undefined;
}

export async function hashed(password, salt = randomBytes(SALT_BYTES)) {
  return Buffer.concat([salt, await derive(password, salt, HASH_BYTES, COST)]).toString("base64");
}

export async function matches(password, hash) {
  const salt = Buffer.from(hash, "base64").subarray(0, SALT_BYTES);
  return timingSafeEqual(Buffer.from(await hashed(password, salt)), Buffer.from(hash));
}

/** Makes an account of a customer; answers its id, or undefined where the name is taken. */
export async function register(db, name, password) {
  const id = randomUUID();
  try {
    await db.query("INSERT INTO accounts (id, name, password) VALUES (?, ?, ?)", [id, name, await hashed(password)]);
    return id;
  } catch (error) {
    if (error.code === "ER_DUP_ENTRY") return undefined;
    throw error;
  }
}

/** The id of who has this name and password; undefined for everybody else, after the same time. */
export async function signIn(db, name, password, now = Date.now()) {
  const [[account]] = await db.query("SELECT id, password, failures, closed_until FROM accounts WHERE name = ?", [
    name,
  ]);
  const right = await matches(password.slice(0, MAX_PASSWORD), account?.password ?? (await nobody));
  if (account === undefined || Number(account.closed_until) > now) return undefined;
  if (right && account.failures === 0) return account.id;
  const failures = right ? 0 : account.failures + 1;
  const closed = failures >= FAILURES ? now + CLOSED_MS : 0;
  await db.query("UPDATE accounts SET failures = ?, closed_until = ? WHERE id = ?", [
    failures % FAILURES,
    closed,
    account.id,
  ]);
  return right ? account.id : undefined;
}

/** What a name that nobody has is compared with. */
const nobody = hashed(randomUUID());
