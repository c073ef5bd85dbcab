/** What stands for a secret in everything that is printed or written. */
export const HIDDEN = "[secret]";

/** Marks of secrets in the engine's own format. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The same value without the engine's envelopes: a secret is only a mark, whatever it was. */
export function masked(value: unknown): unknown {
  return withSecrets(value, () => HIDDEN);
}

/** The same value with something else in place of each secret. */
export function withSecrets(
  value: unknown,
  instead: (envelope: Readonly<Record<string, unknown>>) => unknown,
): unknown {
  if (Array.isArray(value)) return value.map((member) => withSecrets(member, instead));
  if (typeof value !== "object" || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  if (object[SIGNATURE] === SECRET) return instead(object);
  return Object.fromEntries(Object.entries(object).map(([key, member]) => [key, withSecrets(member, instead)]));
}
