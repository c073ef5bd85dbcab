/** Names under which people keep secrets, told apart from names that say something about one. */

const SECRETS: ReadonlySet<string> = new Set([
  "password",
  "passwords",
  "passwd",
  "passphrase",
  "pass",
  "pwd",
  "secret",
  "secrets",
  "token",
  "bearer",
  "credential",
  "credentials",
]);
/** What makes a key one that opens something. */
const KEYS: ReadonlySet<string> = new Set([
  "api",
  "private",
  "access",
  "auth",
  "secret",
  "signing",
  "encryption",
  "master",
  "shared",
  "ssh",
  "account",
  "hmac",
  "jwt",
  "service",
  "subscription",
]);
/** Words behind a secret's name that leave it one: which of several it is, or how it is written. */
const STILL: ReadonlySet<string> = new Set([
  "value",
  "base",
  "base64",
  "b64",
  "text",
  "plain",
  "content",
  "old",
  "new",
  "primary",
  "secondary",
  "default",
  "prod",
  "production",
  "staging",
  "dev",
  "test",
]);

/** How a name speaks of a secret: it is one's name, it says something about one, or neither. */
export type Speaking = "is" | "about" | undefined;

/** Tells a secret's name from one about a secret: `DB_PASSWORD` holds one, `PASSWORD_POLICY` says something about them. */
export function speaksOfSecret(name: string): Speaking {
  const found = [wordsOf(name), wordsOf(name.replace(/([a-z0-9])([A-Z])/g, "$1_$2"))].map(speaking);
  return found.find((one) => one === "is") ?? found.find((one) => one !== undefined);
}

/** True for a name under which a secret is kept. */
export function isSecretName(name: string): boolean {
  return speaksOfSecret(name) === "is";
}

/** `isSecretName` for one long text, which says few names many times: each is looked at once. */
export function secretNamesOfText(): (name: string) => boolean {
  const answers = new Map<string, boolean>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = isSecretName(name);
    answers.set(name, answer);
    return answer;
  };
}

function wordsOf(name: string): string[] {
  return name
    .slice(0, 200) // a name is no longer
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function speaking(words: readonly string[]): Speaking {
  const last = words.findLastIndex((word) => !STILL.has(word) && !/^\d+$/.test(word));
  const [word = "", before = ""] = [words[last], words[last - 1]];
  const noun = word.replace(/\d+$/, "");
  if (SECRETS.has(noun) || /.(password|passwd|secret)$/.test(noun)) return FLAGS.has(words[0] ?? "") ? "about" : "is";
  if (/^keys?$/.test(noun) && (KEYS.has(before) || words[0] === "azure"))
    return words.includes("public") ? undefined : "is";
  if (/^(apikey|secretkey|privatekey|accesskey)$/.test(noun)) return "is";
  return words.some((one) => SECRETS.has(one) || /passw|secret|token|credential/.test(one)) ? "about" : undefined;
}

/** Beginnings of names that switch something. */
const FLAGS: ReadonlySet<string> = new Set([
  "allow",
  "require",
  "use",
  "enable",
  "disable",
  "has",
  "is",
  "no",
  "max",
  "min",
  "with",
  "without",
]);
