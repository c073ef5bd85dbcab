/** Values that nobody can know yet: outputs of resources that do not exist, and secrets that the reader may not open. */

/** Thrown when a rule reads a value that is not known yet; the judge turns it into the verdict "unknown". */
export class UnknownValue extends Error {}

/** What the engine writes in place of an unknown boolean, number, string, array, asset, archive, object (@pulumi/policy proxy.js). */
const SENTINELS: ReadonlySet<string> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const SIGNATURE = "4dabf18193072939515e22adb298388d"; // key that marks secrets and assets in state files
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A value to write into test data where a real value is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Why a value cannot be read, or undefined when it can. */
export function hidden(value: unknown): string | undefined {
  if (typeof value === "string") {
    if (value.length === 36 && SENTINELS.has(value)) return "is known only after deployment";
    return value === "[secret]" ? "is a secret, which plan and state files hide" : undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if ("$unresolved" in value) return "is known only after deployment";
  return SIGNATURE in value && value[SIGNATURE] === SECRET ? "is a secret, which plan and state files hide" : undefined;
}

function containsHidden(value: unknown): boolean {
  if (hidden(value) !== undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value) && value.includes(null)) return true; // an empty entry of a list says nothing: it is left out
  for (const key in value) if (containsHidden((value as Record<string, unknown>)[key])) return true;
  return false;
}

function guarded(value: object, path: string): object {
  const copy: object = Array.isArray(value) ? [] : {};
  const entries = Array.isArray(value)
    ? Object.entries(value.filter((inner: unknown) => inner !== null))
    : Object.entries(value);
  for (const [key, inner] of entries) {
    const at = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    const reason = hidden(inner);
    const nested: unknown =
      typeof inner === "object" && inner !== null && reason === undefined ? guarded(inner, at) : inner;
    Object.defineProperty(
      copy,
      key,
      reason === undefined
        ? { value: nested, enumerable: true }
        : {
            enumerable: true,
            get: () => {
              throw new UnknownValue(`${at} ${reason}`);
            },
          },
    );
  }
  return copy;
}

/**
 * The same data, in which reading an unknown property throws UnknownValue.
 * Data without unknowns comes back as it is, so that known resources cost one walk and no copy.
 */
export function guardUnknowns<T extends object>(props: T): T {
  return containsHidden(props) ? (guarded(props, "") as T) : props;
}
