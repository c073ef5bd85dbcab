/** What the pack adds to a preview of 500 resources, by the clock: `node bench/policies-preview.ts [pairs]`, on a machine that does nothing else. */

import { loadavg } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { runEngine } from "../cli/preview/run-engine.ts";
import { planOnlyStack, withPlanOnlyEngine } from "../toolchain/plan-only.ts";
import { standardProgress } from "../toolchain/progress.ts";

const LIMIT = 1;
const SERVICES = 20; // they register a little more than 500 resources
const PACK = join(import.meta.dirname, "../policies");
const CONFIG = {
  "aws:region": "eu-central-1", "slipway:accountId": "111122223333", "slipway:domain": "bench.example.com", "slipway:alarmEmail": "on-call@example.com",
  "slipway:costCenter": "bench", "slipway:databaseClass": "db.r7g.4xlarge", "slipway:brokerClass": "kafka.m7g.4xlarge",
};
const progress = standardProgress(false);

interface Preview { readonly seconds: number; readonly resources: number }

/** One preview from the start of the engine to its end; that the pack finds something in the generated system changes nothing. */
async function preview(withPack: boolean): Promise<Preview> {
  return withPlanOnlyEngine(progress, async (engine) => {
    const file = await planOnlyStack(engine, "preview-bench", "prod", stringify({ config: CONFIG }));
    let [resources, verdicts] = [0, 0];
    const started = performance.now();
    const { messages } = await runEngine({
      pulumi: engine.pulumi, cwd: join(import.meta.dirname, "preview-program"), env: { ...engine.env, BENCH_SERVICES: String(SERVICES) },
      args: ["preview", "--stack", "prod", "--config-file", file, ...(withPack ? ["--policy-pack", PACK] : [])],
      onEvent(event) {
        if (event.resourcePreEvent) resources += 1;
        if (event.policyEvent) verdicts += 1;
      },
    });
    const seconds = (performance.now() - started) / 1000;
    if (resources < 500 || verdicts > 0 !== withPack) throw new Error(`${resources} resources and ${verdicts} verdicts; ${messages}`);
    return { seconds, resources };
  });
}

const pairs = Number(process.argv[2] ?? "7");
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const shown = (seconds: number): string => `${seconds.toFixed(2)} s`;
const added: number[] = [];
await preview(true); // fills the compile cache
for (let pair = 0; pair < pairs; pair += 1) {
  const first = await preview(pair % 2 === 0); // in turn, so that neither always runs on the warmer machine
  const second = await preview(pair % 2 !== 0);
  const [judged, plain] = pair % 2 === 0 ? [first, second] : [second, first];
  added.push(judged.seconds - plain.seconds);
  console.log(`${plain.resources} resources: ${shown(plain.seconds)} without, ${shown(judged.seconds)} with the pack, ${shown(judged.seconds - plain.seconds)} more; load ${loadavg()[0]?.toFixed(1)}`);
}
console.log(`median of ${pairs} pairs: ${shown(median(added))} more, limit ${LIMIT} s`);
process.exitCode = median(added) <= LIMIT ? 0 : 1;
