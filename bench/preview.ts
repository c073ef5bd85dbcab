import { cpus, loadavg, tmpdir } from "node:os";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { standardProgress } from "../toolchain/machine/progress.ts";
import { measurePreview, type Measured } from "./preview-measure.ts";
import { fitGrowth, report } from "./preview-report.ts";
import { registrations } from "./registrations.ts";

/**
 * `node bench/preview.ts 10 100 500 1000` measures these sizes; --policies lets the pack judge them, too; --flat compares the smallest with a flat program;
 * --systems 5 plans five systems of that size together; --prod measures this repository's own prod.
 */
const { values: wanted, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    policies: { type: "boolean", default: false },
    flat: { type: "boolean", default: false },
    systems: { type: "string", default: "1" },
    prod: { type: "boolean", default: false },
  },
});
const sizes = positionals.map(Number).filter((size) => size > 0);
const progress = standardProgress(false);
const root = join(import.meta.dirname, "..");
const project = join(import.meta.dirname, "preview-program");

/** Comparisons with the flat program; odd, so that one is the median. */
const ROUNDS = 15;

/** Account facts large enough for a thousand services. */
const CONFIG = {
  "aws:region": "eu-central-1",
  "slipway:accountId": "111122223333",
  "slipway:domain": "bench.example.com",
  "slipway:alarmEmail": "on-call@example.com",
  "slipway:costCenter": "bench",
  "slipway:databaseClass": "db.r7g.4xlarge",
  "slipway:brokerClass": "kafka.m7g.4xlarge",
  "slipway:mailUser": "AKIAIOSFODNN7EXAMPLE",
  "slipway:heartbeat": "https://hc-ping.example.com/slipway-prod",
};

if (wanted.prod) {
  const { config } = parse(readFileSync(join(root, "Pulumi.prod.yaml"), "utf8")) as { config: Record<string, string> };
  console.log(
    report([
      await measurePreview({ label: "prod", services: 0, project: root, config, policies: wanted.policies }, progress),
    ]),
  );
}

const measured: Measured[] = [];
for (const services of sizes.length > 0 || wanted.prod ? sizes : [10, 100]) {
  const label = wanted.systems === "1" ? `${services} services` : `${wanted.systems} systems of ${services} services`;
  const through = await measurePreview(
    { label, services, systems: Number(wanted.systems), project, config: CONFIG, policies: wanted.policies },
    progress,
  );
  measured.push(through);
  console.log(report([through]));
}

const [smallest] = measured;
if (smallest && wanted.flat) {
  const folder = await mkdtemp(join(tmpdir(), "slipway-flat-"));
  const ratios = await compareWithFlat(smallest.services, folder).finally(() => rm(folder, { recursive: true }));
  console.log(
    `components against flat: ratio of the time the engine itself computes ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")} (median ${(ratios[(ROUNDS - 1) / 2] ?? 0).toFixed(2)}, wanted <= 1.10)`,
  );
}
if (measured.length > 1) console.log(fitGrowth(measured));
console.log(
  `${cpus().length} cores, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(" ")}, ${new Date().toISOString().slice(0, 10)}`,
);

/** The same resources with the same references, through the components and one after the other, in turn. */
async function compareWithFlat(services: number, folder: string): Promise<number[]> {
  const [log, flat] = [join(folder, "calls.log"), join(folder, "registrations.json")];
  await measurePreview({ label: "recorded", services, project, config: CONFIG, log }, progress);
  await writeFile(flat, JSON.stringify(await registrations(log)));
  const pairs: [Measured, Measured][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    pairs.push([
      await measurePreview({ label: "components", services, project, config: CONFIG }, progress),
      await measurePreview({ label: "flat", services, project, config: CONFIG, flat }, progress),
    ]);
  }
  console.log(report(pairs.flat()));
  return pairs.map(([through, one]) => through.engineCpuSeconds / one.engineCpuSeconds).toSorted((a, b) => a - b);
}
