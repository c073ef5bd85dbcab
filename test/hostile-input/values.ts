import fc from "fast-check";

/** Words that mean something to a terminal, a log, a page, a path, a prototype or a number. */
const WORDS = [
  "\u001b[2J",
  "\u001b]8;;http://evil.example\u0007x",
  "\u009b31m",
  "\u0000",
  "\u007f",
  "\u202e",
  "\u2066\u2069",
  "\u200b\ufeff",
  "\n::error::x",
  "::add-mask::x",
  "##[error]x",
  "%0A%0D",
  "`",
  "|",
  "</code><script>alert(1)</script>",
  "@everyone",
  "[x](javascript:alert(1))",
  "../../x",
  "/etc/passwd",
  "C:\\x",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "prototype",
  "x".repeat(5000),
  "{{ .Values.x }}",
  "${x}",
  "*a",
  "&a",
  "!!js/function",
  "NaN",
  "1e999",
  "-0",
  "99999999999999999999999",
  "\r\n",
  "\t",
  "",
] as const;

/** A text as somebody would write it who means harm. */
export const hostileText = fc.oneof(
  fc.constantFrom(...WORDS),
  fc
    .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 4 })
    .map((parts) => parts.join("")),
);

/** A value where something else is expected: of another kind, too large, too deep, or with keys that every object has. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, -1e308, 5e-324, 2 ** 53, [], {}, [[]], [null]),
  fc.jsonValue({ maxDepth: 3 }),
  fc
    .constantFrom(...WORDS.slice(20, 25))
    .map((key) => JSON.parse(`{"${key}":{"polluted":true,"kind":"x"}}`) as unknown),
  fc.integer({ min: 1, max: 60 }).map((depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown),
);

/** The same value with something hostile in one to three places: in the place of a value, of a key, or beside the others. */
export function mutated(sample: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat(10_000),
    how: fc.constantFrom("value", "key", "more", "none"),
    value: hostileValue,
    key: hostileText,
  });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy = { root: structuredClone(sample) };
    for (const { at, how, value, key } of changes) {
      const places = placesIn(copy);
      const [owner, name] = places[at % places.length] ?? [copy as object, "root"];
      if (how === "none") Reflect.deleteProperty(owner, name);
      else if (how === "value") define(owner, name, value);
      else if (how === "key" && !Array.isArray(owner) && owner !== copy) {
        const kept: unknown = Reflect.get(owner, name);
        Reflect.deleteProperty(owner, name);
        define(owner, key, kept);
      } else define(Array.isArray(owner) || owner === copy ? {} : owner, key, value);
    }
    return copy.root ?? null;
  });
}

/** An own property, also where its name is `__proto__`. */
function define(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: true, enumerable: true, configurable: true });
}

function placesIn(owner: object): [owner: object, name: string][] {
  return Object.keys(owner).flatMap((name) => {
    const value: unknown = Reflect.get(owner, name);
    return [[owner, name], ...(typeof value === "object" && value !== null ? placesIn(value) : [])];
  });
}
