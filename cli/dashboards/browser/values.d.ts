export function format(value: number | null | undefined, unit: string): string;
export function fill(expr: string, choice: { job: string; instance: string; rateSeconds: number }): string;
export function legend(format: string, labels: Readonly<Record<string, string>>): string;
export function align(
  series: readonly { values: readonly (readonly [number, string])[] }[],
  start: number,
  end: number,
  step: number,
): (number | null)[][];
