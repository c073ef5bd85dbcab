/** What the pack adds to a preview of 500 resources, by the clock, beside a pack that looks at nothing: `node bench/policies-preview.ts [rounds]`, on a machine that does nothing else. */

import { loadavg } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { runEngine } from "../cli/preview/run-engine.ts";
import { planOnlyStack, withPlanOnlyEngine } from "../toolchain/engine/plan-only.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";

/** Seconds that our rules may add to what the engine and the SDK take for any pack. */
const LIMIT = 1;
const SERVICES = 20; // they register a little more than 500 resources
const PACKS = {
  none: undefined,
  empty: join(import.meta.dirname, "empty-pack"),
  ours: join(import.meta.dirname, "../policies"),
} as const;
type Pack = keyof typeof PACKS;
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
const progress = standardProgress(false);

/** One preview from the start of the engine to its end, in seconds; that our pack finds something in the generated system changes nothing. */
async function preview(name: Pack): Promise<number> {
  const pack = PACKS[name];
  return withPlanOnlyEngine(progress, async (engine) => {
    const file = await planOnlyStack(engine, "preview-bench", "prod", stringify({ config: CONFIG }));
    let [resources, verdicts] = [0, 0];
    const started = performance.now();
    const { messages } = await runEngine({
      pulumi: engine.pulumi,
      cwd: join(import.meta.dirname, "preview-program"),
      env: { ...engine.env, BENCH_SERVICES: String(SERVICES) },
      args: [
        "preview",
        "--stack",
        "prod",
        "--config-file",
        file,
        ...(pack === undefined ? [] : ["--policy-pack", pack]),
      ],
      onEvent(event) {
        if (event.resourcePreEvent) resources += 1;
        if (event.policyEvent) verdicts += 1;
      },
    });
    const seconds = (performance.now() - started) / 1000;
    if (resources < 500 || verdicts > 0 !== (name === "ours"))
      throw new Error(`${resources} resources and ${verdicts} verdicts; ${messages}`);
    return seconds;
  });
}

const rounds = Number(process.argv[2] ?? "7");
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const shown = (seconds: number): string => `${seconds.toFixed(2)} s`;
const names = Object.keys(PACKS) as Pack[];
const added: { empty: number; ours: number }[] = [];
await preview("ours"); // fills the compile cache
for (let round = 0; round < rounds; round += 1) {
  const took = { none: 0, empty: 0, ours: 0 };
  for (const name of round % 2 === 0 ? names : names.toReversed()) took[name] = await preview(name); // in turn, so that none always runs on the warmer machine
  added.push({ empty: took.empty - took.none, ours: took.ours - took.none });
  console.log(
    `${shown(took.none)} without, ${shown(took.empty)} with an empty pack, ${shown(took.ours)} with ours; load ${loadavg()[0]?.toFixed(1)}`,
  );
}
const own = median(added.map(({ empty, ours }) => ours - empty));
console.log(
  `medians of ${rounds} rounds: an empty pack adds ${shown(median(added.map(({ empty }) => empty)))}, ours ${shown(median(added.map(({ ours }) => ours)))}, and that is ${shown(own)} more than an empty one; limit ${LIMIT} s`,
);
process.exitCode = own <= LIMIT ? 0 : 1;
