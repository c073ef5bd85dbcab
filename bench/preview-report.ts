import type { Measured } from "./preview-measure.ts";

/** One line for each measurement. */
export function report(measured: readonly Measured[]): string {
  return measured
    .map(
      ({ label, resources, seconds, engineSeconds, cpuSeconds, engineCpuSeconds, peakMebibytes, holders }) =>
        `${label}: ${resources} resources, ${seconds.toFixed(1)} s (from the first resource ${engineSeconds.toFixed(1)} s, processor ${cpuSeconds.toFixed(1)} s, of it the engine ${engineCpuSeconds.toFixed(1)} s), peak ${peakMebibytes.toFixed(0)} MiB (${heldBy(holders)})`,
    )
    .join("\n");
}

/** How time and memory grow with resources: time ~ resources^k, fitted on logarithms; k near 1 is linear. */
export function fitGrowth(measured: readonly Measured[]): string {
  const exponent = (of: (found: Measured) => number): string =>
    slope(measured.map((found) => [Math.log(found.resources), Math.log(of(found))])).toFixed(2);
  return `growth: engine time ~ resources^${exponent(({ engineSeconds }) => engineSeconds)}, processor time ~ resources^${exponent(({ cpuSeconds }) => cpuSeconds)}, memory ~ resources^${exponent(({ peakMebibytes }) => peakMebibytes)}`;
}

function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return (
    points.reduce((sum, [px, py]) => sum + (px - x) * (py - y), 0) /
    points.reduce((sum, [px]) => sum + (px - x) ** 2, 0)
  );
}

/** "program 900, engine 210": the largest first. */
function heldBy(holders: Measured["holders"]): string {
  return Object.entries(holders)
    .toSorted(([, a], [, b]) => b - a)
    .map(([who, part]) => `${who} ${part.toFixed(0)}`)
    .join(", ");
}
