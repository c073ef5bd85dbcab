import { createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { existsSync, linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { stateHome } from "../machine/cache-folders.ts";
import { ownFolder } from "../machine/own-folder.ts";
import { ToolError } from "../machine/tool-error.ts";

/** How the engine derives its key: PBKDF2 with SHA-256, then AES-256-GCM (sdk/go/common/resource/config/crypt.go). */
const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
/** What the engine encrypts to recognise the passphrase. */
const PROOF = "pulumi";

/** Path of the passphrase that guards the secrets in the state; made once, never replaced. */
export function passphraseFile(backend = join(stateHome(), "pulumi")): string {
  const file = join(stateHome(), "passphrase");
  if (existsSync(file)) return file;
  if (hasStacks(backend)) {
    throw new ToolError(
      `${file} is gone, and the stacks in ${backend} are encrypted with it`,
      `put the file back from a backup. If there is none, the stacks' secrets are lost: move ${backend} away and begin anew`,
    );
  }
  ownFolder(stateHome());
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, randomBytes(KEY_BYTES).toString("base64url"), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file); // unlike a rename, a link never replaces one that another process has just made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  return file;
}

/** Throws, saying what to do, when the passphrase of this shell does not open the stack whose settings lie in a file. */
export async function requireRightPassphrase(file: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const passphrase = passphraseOf(environment);
  if (passphrase === undefined || !existsSync(file)) return;
  const salt = /^encryptionsalt:\s*(\S+)/m.exec(readFileSync(file, "utf8"))?.[1];
  if (salt === undefined || (await opens(passphrase.text, salt))) return;
  throw new ToolError(
    `${file}: the passphrase in ${passphrase.from} is not the one this stack was made with`,
    `give the right one in PULUMI_CONFIG_PASSPHRASE_FILE. If the stack was never deployed from this machine, delete ${file}; nothing else is lost`,
  );
}

/** True when a passphrase opens the salt line of a stack's settings file. */
export async function opens(passphrase: string, salt: string): Promise<boolean> {
  const [, saltText, , nonce, sealed] = salt.split(":"); // v1:<salt>:v1:<nonce>:<proof>
  if (saltText === undefined || nonce === undefined || sealed === undefined) return false;
  const key = await promisify(pbkdf2)(passphrase, Buffer.from(saltText, "base64"), ITERATIONS, KEY_BYTES, "sha256");
  const text = Buffer.from(sealed, "base64");
  const cipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  cipher.setAuthTag(text.subarray(-TAG_BYTES));
  try {
    return cipher.update(text.subarray(0, -TAG_BYTES), undefined, "utf8") + cipher.final("utf8") === PROOF;
  } catch {
    return false;
  }
}

function passphraseOf(environment: NodeJS.ProcessEnv): { text: string; from: string } | undefined {
  const { PULUMI_CONFIG_PASSPHRASE: text, PULUMI_CONFIG_PASSPHRASE_FILE: file } = environment;
  if (text !== undefined) return { text, from: "PULUMI_CONFIG_PASSPHRASE" };
  if (file === undefined) return undefined;
  return { text: readFileSync(file, "utf8").trim(), from: file };
}

function hasStacks(backend: string): boolean {
  const stacks = join(backend, ".pulumi", "stacks");
  return existsSync(stacks) && readdirSync(stacks, { recursive: true }).some((name) => String(name).endsWith(".json"));
}
