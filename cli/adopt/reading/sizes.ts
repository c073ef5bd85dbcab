import { DEFAULTS } from "../../../model/defaults.ts";
import { parseQuantity } from "../../../model/quantity.ts";

const MI = 2 ** 20;
const DOCKER: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: MI, g: 2 ** 30 };

/** A size as a description writes it ("512Mi"), of what Docker ("512m", "1gb") or Kubernetes ("500M", "1Gi") writes. */
export function sizeOf(text: string | undefined): string | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([bkmg])b?$/i.exec(text ?? "") ?? [];
  const bytes = unit === undefined ? parseQuantity(text ?? "") : Number(digits) * (DOCKER[unit.toLowerCase()] ?? 1);
  return bytes === undefined || bytes < 1 ? undefined : inMebibytes(bytes);
}

/** The same of what Kubernetes writes, where "512m" would be half a byte. */
export function kubernetesSize(text: string | undefined): string | undefined {
  const bytes = text === undefined ? undefined : parseQuantity(text);
  return bytes === undefined || bytes < 1 ? undefined : inMebibytes(bytes);
}

function inMebibytes(bytes: number): string {
  const mebibytes = Math.max(1, Math.ceil(bytes / MI));
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}

/** Seconds of "1m30s", "15s" or "500ms"; undefined for anything else. */
export function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^(\d+(\.\d+)?(h|ms|m|s|us|ns))+$/.test(text)) return undefined;
  const unit: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|us|ns|h|m|s)/g)].reduce(
    (sum, [, digits, one = "s"]) => sum + Number(digits) * (unit[one] ?? 0),
    0,
  );
}

/** The time to stop, where it is longer than every program has; a shorter one needs no word. */
export function stopsWithin(seconds: number | undefined): { readonly stopsWithin?: string } {
  return seconds !== undefined && seconds > DEFAULTS.rollout.drainSeconds.value ? { stopsWithin: timeOf(seconds) } : {};
}

/** A time as a description writes it, in whole seconds or minutes. */
export function timeOf(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  return whole % 60 === 0 ? `${whole / 60}m` : `${whole}s`;
}
