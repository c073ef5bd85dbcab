import { loadavg } from "node:os";
import { Launched, type Answer } from "../test/live/launched.ts";

/**
 * What a user waits for, on a cluster of its own: `node bench/launch.ts [rounds]`. Prints the median of each step in seconds
 * beside its target; needs root and tools that are already in the cache.
 */
const rounds = Number(process.argv[2] ?? 3);

const TARGET_SECONDS: Readonly<Record<string, number>> = {
  "cluster with its add-ons": 20,
  "first delivered order": 120,
  "again, nothing changed": 20,
  "preview, nothing changed": 6,
};

async function measure(): Promise<Record<string, number>> {
  const launched = new Launched();
  try {
    const cluster = succeeded(await launched.clusterUp());
    const first = succeeded(await launched.slipway("start"));
    const again = succeeded(await launched.slipway("start"));
    const preview = succeeded(await launched.pulumi("preview", "-s", "dev", "--non-interactive"));
    return {
      "cluster with its add-ons": cluster,
      "first delivered order": cluster + first,
      "again, nothing changed": again,
      "preview, nothing changed": preview,
    };
  } finally {
    await launched.remove();
  }
}

function succeeded({ code, output, seconds }: Answer): number {
  if (code !== 0) throw new Error(output);
  return seconds;
}

const results: Record<string, number>[] = [];
for (let round = 0; round < rounds; round++) results.push(await measure());
console.log(
  `load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(" ")}; ${rounds} rounds, medians`,
);
for (const [step, target] of Object.entries(TARGET_SECONDS)) {
  const sorted = results.map((result) => result[step] ?? Number.NaN).toSorted((a, b) => a - b);
  console.log(
    `${step.padEnd(26)} ${(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(1).padStart(6)} s   target ${target} s`,
  );
}
