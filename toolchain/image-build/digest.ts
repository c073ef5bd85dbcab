import { sha256 } from "../machine/sha256.ts";

const form = /^sha256:([0-9a-f]{64})$/;

/** Whether a text is a SHA-256 digest as OCI images name things by. */
export function isDigest(text: string): boolean {
  return form.test(text);
}

/** The digits of a digest, the only part of foreign data that may become part of a path. Throws on anything that is no digest. */
export function digits(digest: string): string {
  const found = form.exec(digest)?.[1];
  if (found === undefined)
    throw new Error(`a digest of ${digest.length} characters is not "sha256:" and 64 hexadecimal digits`);
  return found;
}

/** Throws when a file is not what the digest says. */
export async function requireDigest(file: string, digest: string): Promise<void> {
  const [found, wanted] = [await sha256(file), digits(digest)];
  if (found !== wanted) throw new Error(`${file}: SHA-256 is ${found}, its name says ${wanted}`);
}
