/** What looks like a secret, by its name or by its shape. */

import { secretNamesOfText, speaksOfSecret } from "./secret-names.ts";

/** Each begins where nothing before it can be a part of it, so that a long word is read once and not again from each of its letters. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["an AWS access key", /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{36}/],
  ["a Slack token", /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ["a JSON web token", /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}/],
  ["an address that only its owner knows", /\bhooks\.slack\.com\/services\/\w+\/\w+\/\w+/],
  ["an authorization header", /(?<![\w-])(?:Bearer|Basic)[ \t]+(?![$<{])[A-Za-z0-9+/_=.~-]{8,}/],
  [
    "a key in a connection string",
    /(?<!\w)(?:AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd)=(?![$<{;*])[^;\s"'&=]{4,}={0,2}(?=;)/i,
  ],
  ["a password in a data source name", /(?<![^\s"'=])[^\s:@/"'=]+:(?![$<{])[^\s@/"']{3,}@(?:tcp|unix)\(/],
  ["a password in JAAS", /(?<!\w)password[ \t]*=[ \t]*\\?"(?![$<{"\\])[^"\n]{3,}"/i],
  ["a secret in XML", /<(password|passwd|secret|token|apiKey|privateKey|passphrase)>(?![\s$<{*])[^<\n]{3,}<\//i],
  ["a token of npm", /(?<!\w)_(?:authToken|auth|password)[ \t]*=[ \t]*["']?(?![$<{])[^\s"']{6,}/],
  ["a password in an address", /(?<=[a-z0-9+.-]):\/\/[^\s/:@]*:[^\s/@$]{3,}@/i],
];
const LINE = /^[\s"'-]*([A-Za-z][\w.-]*)["']?\s*[:=]\s*["']?([^\s"'#]+)/;
const JSON_PAIR = /"([A-Za-z][\w.-]*)"\s*:\s*"([^"]+)"/g;
/** Values that name, switch or count something, or leave a place open. */
const REFERENCE =
  /^(\$\(.*\)|\$\{.*\}|\$[A-Z_][A-Z0-9_]*|\{\{.*\}\}|<[^<>]*>|%\w+%|""|\d{1,4}[smhd]?|\/[\w./-]*|file:.*|arn:.*|(vault|secret|ref\+\w+|sm|ssm|awssm|gcpsm|op|env):.*|projects\/.*|[*x•]+)$/i;
const SWITCH =
  /^(true|false|yes|no|on|off|none|null|nil|enabled?|disabled?|required?|optional|always|never|auto|basic|bearer|jwt|oauth2?|oidc|opaque|plain|default|strict|lax|memory|redis|header|cookie|query|(hs|rs|es|ps)\d{3}|aes[-\w]*|scram-[\w-]+|sha-?\d+|md5|argon2\w*|bcrypt)$/i;
/** An address of anything, without a password in it. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/\S*$|^[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/i;
const AWS_KEY = /^aws_(access_key_id|secret_access_key|session_token)$/i;

/** Letters and digits mixed, as nobody writes words. */
const RANDOM = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+/_=-]{16,}$/;

/** Why a literal under a name is a secret, or undefined. The answer never holds the value. */
export function secretIn(name: string, value: string): string | undefined {
  const literal = value.trim();
  if (literal === "" || REFERENCE.test(literal.slice(0, LONG))) return undefined;
  const shape = SHAPES.find(([, pattern]) => pattern.test(value));
  if (shape) return shape[0];
  if (!value.includes("\n")) {
    const told = named(name, literal);
    if (told) return told;
  }
  return inside(value);
}

/** True for a literal that its name makes a secret. */
export function isNamedSecret(name: string, value: string): boolean {
  const literal = value.trim();
  return literal !== "" && !REFERENCE.test(literal.slice(0, LONG)) && named(name, literal) !== undefined;
}

/** Why a key of AWS under its own name is one, whatever stands there: what looks like a place left open is filled in there. */
export function isAwsKey(name: string, value: string): boolean {
  return AWS_KEY.test(name) && value.trim() !== "" && !/^(\$\(|\$\{|\{\{)/.test(value.trim());
}

const LONG = 1000; // no reference is longer

/** Name and value together: a secret's name and a literal, or a name about a secret and a value nobody writes as a word. */
function named(name: string, value: string): string | undefined {
  const random = value.length < LONG && RANDOM.test(value);
  const speaking = speaksOfSecret(name);
  if (speaking === "is" && !SWITCH.test(value) && !ADDRESS.test(value.slice(0, LONG)))
    return `a literal of ${value.length} characters under a secret's name`;
  if (random && speaking === "about" && !/(id|name|arn|alias|hash|version|fingerprint|digest|checksum)$/i.test(name))
    return `a random literal of ${value.length} characters under a name about a secret`;
  if (random && /[-_.]key$/i.test(name) && !/public/i.test(name))
    return `a random literal of ${value.length} characters under a key's name`;
  return undefined;
}

/** A secret in a file: a line or a pair whose key is a secret's name. */
function inside(value: string): string | undefined {
  const lines = value.includes("\n") ? value.split("\n").map((line) => LINE.exec(line) ?? []) : [];
  const isSecret = secretNamesOfText();
  for (const [, key = "", inner = ""] of [...lines, ...value.matchAll(JSON_PAIR)])
    if (key && inner && isSecret(key) && !REFERENCE.test(inner.slice(0, LONG)) && named(key, inner))
      return `a literal under "${key}"`;
  return undefined;
}

/** Passwords that come with every dictionary attack. */
const COMMON = new Set([
  "password",
  "passw0rd",
  "admin",
  "administrator",
  "root",
  "secret",
  "changeme",
  "changeit",
  "qwerty",
  "letmein",
  "welcome",
  "default",
  "test",
  "guest",
  "example",
  "mysql",
  "postgres",
  "mariadb",
]);

/** Why a secret value is too weak, or undefined. */
export function weakness(value: string, shortest: number): string | undefined {
  if (
    COMMON.has(
      value
        .trim()
        .toLowerCase()
        .replace(/[\d!@#$%_-]+$/, ""),
    )
  )
    return "a word from every list of common passwords";
  if (/^\d+$/.test(value)) return "digits only";
  return value.length < shortest ? `${value.length} characters` : undefined;
}
