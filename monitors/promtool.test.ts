import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { planSystem } from "../model/plan.ts";
import { shopOfStores } from "../test/plans/shop-of-stores.ts";
import { closedSystem, everyForeignWordSystem } from "../test/words/every-foreign-word.ts";
import { watched } from "../test/foreign/watched.ts";
import { fishdelivery } from "../systems/fishdelivery/system.ts";
import { everyWordSystem } from "../test/words/every-word.ts";
import { inQuickGate, skipInQuickGate } from "../test/skip.ts";
import { resolve } from "../toolchain/tools/resolve.ts";
import { casesOf } from "./proving/cases.ts";
import { MUTATIONS, PAIR_MUTATIONS } from "./proving/mutations.ts";
import { brokenName, promtoolFiles } from "./proving/promtool-files.ts";
import { trialsOf } from "./proving/trials.ts";
import { ruleFile } from "./rule-file.ts";
import { platformRules, systemRules } from "./rules.ts";
import { TIMING } from "./timing.ts";

const run = promisify(execFile);
const timing = TIMING.standard;
const plan = planSystem(fishdelivery, "prod");
const pods = trialsOf({ plan, timing, stores: "pods" });
/** Alerts that one service has alone, as descriptions name them. */
const own = trialsOf({ plan: planSystem(everyWordSystem, "prod"), timing, stores: "pods" }).filter(({ alert }) =>
  ["OrdersWaiting", "OrdersRare"].includes(alert.name),
);
/** The same alerts for programs of others: what they show is another series, what they hide is asked of Kubernetes. */
const strangers = planSystem(watched, "prod");
const foreign = trialsOf({ plan: strangers, timing, stores: "pods" }).filter(({ alert }) =>
  ["ServiceDown", "TrafficStopped", "JobFailed", "JobLate"].includes(alert.name),
);
/** A promise that the gateway counts, and one that the program counts itself. */
const counted = ["front", "clinic"].flatMap((service) =>
  trialsOf({
    plan: { ...strangers, objectives: strangers.objectives.filter((one) => one.service === service) },
    timing: { ...TIMING.lab, rate: 2 * TIMING.lab.scrape, haste: { patience: 4, windows: 30 } },
    stores: "pods",
  }).filter(({ alert }) => alert.burn !== undefined && alert.severity === "page"),
);
/** Alerts of stores that fishdelivery has not. */
const stores = trialsOf({ plan: shopOfStores(), timing, stores: "pods" }).filter(({ alert }) =>
  /^(Postgres|Redis)/.test(alert.name),
);
const trials = [
  ...own,
  ...stores,
  ...foreign,
  ...pods,
  ...trialsOf({ plan, timing, stores: "cloud" }).filter(({ alert }) =>
    pods.every((other) => other.alert.name !== alert.name),
  ),
];
/** Burn rates with shorter windows: days of samples would take minutes. The pairs are the same; those of tickets are longer and need more haste. No scrape is lost here, so rates need two. */
const burns = (
  [
    ["page", 30],
    ["ticket", 160],
  ] as const
).flatMap(([severity, windows]) =>
  trialsOf({
    plan,
    timing: { ...TIMING.lab, rate: 2 * TIMING.lab.scrape, haste: { patience: 4, windows } },
    stores: "pods",
  }).filter(({ alert }) => alert.burn !== undefined && alert.severity === severity),
);
const proofs = [
  { trials, mutations: MUTATIONS },
  { trials: burns, mutations: PAIR_MUTATIONS },
  { trials: counted, mutations: [] },
];

/** One alert, whole or broken, in one case that did not end as it should. */
interface Failure {
  readonly alert: string;
  readonly severity: string;
  readonly judged: string;
  readonly text: string;
}

describe("alerts under promtool", () => {
  let promtool = "";
  let folder = "";
  let failures: Failure[] = [];

  before(async function () {
    this.timeout(180_000);
    promtool = await resolve("promtool");
    folder = mkdtempSync(join(tmpdir(), "slipway-rules-"));
    failures = await judge();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Has promtool judge all cases of all alerts, whole and, which takes longer, broken. */
  async function judge(): Promise<Failure[]> {
    const judged = proofs.flatMap(({ trials, mutations }) =>
      trials.flatMap((trial) =>
        casesOf(trial.alert, trial.timing).map((proof) => ({ trial, proof, mutations: inQuickGate ? [] : mutations })),
      ),
    );
    const files = judged.map((one, index) => {
      const { rules, tests } = promtoolFiles(one, `${index}.rules.yaml`);
      writeFileSync(join(folder, `${index}.rules.yaml`), rules);
      writeFileSync(join(folder, `${index}.test.yaml`), tests);
      return `${index}.test.yaml`;
    });
    // It makes much garbage and keeps little: not collecting it before there is half a gibibyte saves a fifth of the time.
    const env = { ...process.env, GOGC: "off", GOMEMLIMIT: "512MiB" };
    const answer = await run(promtool, ["test", "rules", ...files], { cwd: folder, env, maxBuffer: 1 << 28 }).then(
      () => "",
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    );
    return [
      ...answer.matchAll(
        /^ {4}name: (?<alert>\w+)\/(?<severity>\w+): .*\n {4}alertname: (?<judged>.+), time: .*\n(?: {8}.*\n?)*/gm,
      ),
    ].map(({ 0: text, groups }) => ({ ...(groups as Omit<Failure, "text">), text }));
  }

  for (const system of [watched, everyForeignWordSystem, closedSystem])
    it(`accepts the rules of programs of others: ${system.name}`, async () => {
      const file = join(folder, `${system.name}.yaml`);
      const links = { runbooks: "docs/runbooks", dashboards: "https://dashboards.example" };
      const scope = { plan: planSystem(system, "prod"), timing, stores: "pods" } as const;
      writeFileSync(file, ruleFile(systemRules(scope, links)));
      await run(promtool, ["check", "rules", "--lint=all", "--lint-fatal", file]);
    });

  for (const stage of ["dev", "prod"] as const) {
    for (const [name, stores] of [
      ["standard", "pods"],
      ["lab", "pods"],
      ["standard", "cloud"],
    ] as const) {
      it(`accepts the rules of ${stage} with ${name} timing and stores in ${stores}`, async () => {
        const file = join(folder, "all.yaml");
        const links = { runbooks: "docs/runbooks", dashboards: "https://dashboards.example" };
        writeFileSync(
          file,
          ruleFile([
            ...systemRules({ plan: planSystem(fishdelivery, stage), timing: TIMING[name], stores }, links),
            ...platformRules(TIMING[name], links),
          ]),
        );
        await run(promtool, ["check", "rules", "--lint=all", "--lint-fatal", file]);
      });
    }
  }

  it("has a firing, a silent and a boundary case for every alert", () => {
    for (const { alert } of trials.filter((trial) => trial.alert.severity !== "none")) {
      const cases = casesOf(alert, timing);
      assert.ok(
        cases.some(({ fires }) => fires !== null),
        `${alert.name} never fires in a case`,
      );
      assert.ok(
        cases.some(({ fires }) => fires === null),
        `${alert.name} is never silent in a case`,
      );
      // Without patience an alert has no boundary in time: it fires at the first evaluation beyond its limit, which the first two cases enclose.
      assert.ok(cases.length >= 3 || alert.patience === 0, `${alert.name} has no case at its boundary`);
    }
  });

  it("finds every alert firing, silent and patient where it should be", () => {
    assert.equal(
      failures
        .filter(({ alert, judged }) => alert === judged)
        .map(({ text }) => text)
        .join("\n"),
      "",
    );
  });

  describe("that are broken", () => {
    before(function () {
      skipInQuickGate(this, "promtool for ten seconds");
    });

    for (const { trials, mutations } of proofs) {
      for (const mutation of mutations) {
        it(`are noticed, each of them: ${mutation.title}`, () => {
          const broken = trials.map(({ alert }) => alert).filter(mutation.breaks);
          const unnoticed = broken.filter(
            (alert) =>
              !failures.some(
                ({ judged, severity }) => judged === brokenName(alert, mutation) && severity === alert.severity,
              ),
          );
          assert.deepEqual(
            unnoticed.map(({ name, severity }) => `${name}/${severity}`),
            [],
          );
        });
      }
    }
  });
});
