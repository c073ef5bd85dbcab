import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
/** OWASP's second choice of scrypt: 32 MiB and some 100 ms for each guess. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** What is kept of a password: salt and hash; nobody can read the password from it. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return `${salt.toString("base64")}:${(await derive(password, salt, HASH_BYTES, COST)).toString("base64")}`;
}

/** Whether it is the password; takes as long where there is none to compare with, so that names cannot be found out. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [salt = "", hash = ""] = (kept ?? "").split(":");
  const found = await derive(password, Buffer.from(salt, "base64"), HASH_BYTES, COST);
  const wanted = Buffer.from(hash, "base64");
  return wanted.length === HASH_BYTES && timingSafeEqual(found, wanted);
}
