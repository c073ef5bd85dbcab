/** What looks like a secret, by its name or by its shape. */

import { isSecretName } from "./mask.ts";

/** Each begins where nothing before it can be a part of it, so that a long word is read once and not again from each of its letters. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["an AWS access key", /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{36}/],
  ["a Slack token", /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ["a JSON web token", /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}/],
  ["an address that only its owner knows", /\bhooks\.slack\.com\/services\/\w+\/\w+\/\w+/],
  ["a password in an address", /(?<=[a-z0-9+.-]):\/\/[^\s/:@]*:[^\s/@$]{3,}@/i],
];
const LINE = /^[\s"'-]*([A-Za-z][\w.-]*)["']?\s*[:=]\s*["']?([^\s"'#]+)/;
const JSON_PAIR = /"([A-Za-z][\w.-]*)"\s*:\s*"([^"]+)"/g;
const REFERENCE = /^(\$\(.*\)|\$\{.*\}|\{\{.*\}\}|<.*>|%\w+%|true|false|null|none|""|\d{1,4}|\/[\w./-]*|[*x•]+)$/i;

/** Letters and digits mixed, as nobody writes words. */
const RANDOM = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+/_=-]{16,}$/;

/** Why a literal under a name is a secret, or undefined. The answer never holds the value. */
export function secretIn(name: string, value: string): string | undefined {
  if (value.trim() === "" || REFERENCE.test(value.trim())) return undefined;
  const shape = SHAPES.find(([, pattern]) => pattern.test(value));
  if (shape) return shape[0];
  if (/[-_.]key$/i.test(name) && RANDOM.test(value))
    return `a random literal of ${value.length} characters under a key's name`;
  if (isSecretName(name) && !value.includes("\n"))
    return `a literal of ${value.length} characters under a secret's name`;
  const lines = value.includes("\n") ? value.split("\n").map((line) => LINE.exec(line) ?? []) : [];
  for (const [, key = "", inner = ""] of [...lines, ...value.matchAll(JSON_PAIR)]) {
    if (key && isSecretName(key) && !REFERENCE.test(inner)) return `a literal under "${key}"`;
  }
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
