/** What stands for a secret in everything that is printed or written. */
export const HIDDEN = "[secret]";

/** Marks of secrets in the engine's own format. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The same value without the engine's envelopes: a secret is only a mark, whatever it was. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  if ((value as Record<string, unknown>)[SIGNATURE] === SECRET) return HIDDEN;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, masked(member)]));
}
