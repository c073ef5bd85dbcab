/** Reads environment values and remembers every fault, so that a wrong configuration is reported in one go. */
export interface EnvReader {
  readonly faults: readonly string[];
  has(name: string): boolean;
  text(name: string, fallback?: string): string;
  integer(name: string, range: { min: number; max: number; fallback?: number }): number;
  oneOf<const Word extends string>(name: string, words: readonly Word[], fallback?: Word): Word;
  httpUrl(name: string): string;
  list(name: string): readonly string[];
}

/** A reader over an environment; an empty value counts as missing. */
export function envReader(env: Readonly<Record<string, string | undefined>>): EnvReader {
  const faults: string[] = [];
  const raw = (name: string) => env[name]?.trim() || undefined;
  const fault = (name: string, wanted: string) =>
    faults.push(`${name}: found ${shown(name, raw(name))}, wanted ${wanted}`);
  const text = (name: string, fallback?: string) => {
    const value = raw(name) ?? fallback;
    if (value === undefined) fault(name, "a value");
    return value ?? "";
  };
  return {
    faults,
    has: (name) => raw(name) !== undefined,
    text,
    integer(name, { min, max, fallback }) {
      const value = raw(name) === undefined && fallback !== undefined ? fallback : Number(raw(name) ?? Number.NaN);
      if (Number.isInteger(value) && value >= min && value <= max) return value;
      fault(name, `a whole number from ${min} to ${max}`);
      return fallback ?? min;
    },
    oneOf(name, words, fallback) {
      const value = raw(name) ?? fallback;
      const word = words.find((candidate) => candidate === value);
      if (word === undefined) fault(name, `one of ${words.join(", ")}`);
      return word ?? (words[0] as (typeof words)[number]);
    },
    httpUrl(name) {
      const value = raw(name) ?? "";
      if (!/^https?:$/.test(URL.parse(value)?.protocol ?? "")) fault(name, "an http or https address");
      return value.replace(/\/$/, "");
    },
    list(name) {
      return (raw(name) ?? "")
        .split(",")
        .map((item) => item.trim())
        .filter(Boolean);
    },
  };
}

/** A secret's value is never repeated in an error. */
function shown(name: string, value: string | undefined): string {
  if (value === undefined) return "nothing";
  if (/PASSWORD|SECRET|TOKEN/.test(name)) return "a value";
  return JSON.stringify(value.replace(/\/\/.*@/g, "//…@")); // the login of an address is one, too
}
