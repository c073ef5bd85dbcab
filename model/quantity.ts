/** Quantities as Kubernetes writes them, and durations as people write them. */

const SUFFIX: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * Value of a Kubernetes quantity in its base unit: cores for cpu, bytes for memory and storage.
 * Returns undefined for anything the API server would refuse, such as "512Mb".
 */
export function parseQuantity(text: string | number): number | undefined {
  if (typeof text === "number") return Number.isFinite(text) ? text : undefined;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text.trim());
  if (!match) return undefined;
  const [, digits = "", exponent = "", suffix = ""] = match;
  return Number(digits + exponent) * (SUFFIX[suffix] ?? Number.NaN);
}

/** Units of memory and storage that a description may use. */
export const MEMORY_UNITS = "Ki, Mi, Gi, Ti";

/** Bytes of a size in binary units ("192Mi"); undefined for every other way of writing it. */
export function parseBytes(text: string): number | undefined {
  return /^\d+(Ki|Mi|Gi|Ti)$/.test(text) ? parseQuantity(text) : undefined;
}

/** Cores of "250m", "1" or "1.5"; undefined for every other way of writing it. */
export function parseCores(text: string): number | undefined {
  return /^(\d+m|\d+(\.\d+)?)$/.test(text) ? parseQuantity(text) : undefined;
}

const DURATION_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of "610ms", "5s", "10m", "24h", "7d"; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(text);
  const unit = match?.[2] ? DURATION_MS[match[2]] : undefined;
  return match && unit ? Number(match[1]) * unit : undefined;
}
