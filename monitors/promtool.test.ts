import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { planSystem } from "../model/plan.ts";
import { fishdelivery } from "../systems/fishdelivery/system.ts";
import { resolve } from "../toolchain/resolve.ts";
import { casesOf } from "./proving/cases.ts";
import { MUTATIONS, PAIR_MUTATIONS, type Mutation } from "./proving/mutations.ts";
import { promtoolFiles } from "./proving/promtool-files.ts";
import { trialsOf } from "./proving/trials.ts";
import { ruleFile } from "./rule-file.ts";
import { platformRules, systemRules } from "./rules.ts";
import { TIMING } from "./timing.ts";

const run = promisify(execFile);
const timing = TIMING.standard;
const plan = planSystem(fishdelivery, "prod");
const pods = trialsOf({ plan, timing, stores: "pods" });
const trials = [...pods, ...trialsOf({ plan, timing, stores: "cloud" }).filter(({ alert }) => pods.every((other) => other.alert.name !== alert.name))];
/** Burn rates with shorter windows: days of samples would take minutes. The pairs are the same; those of tickets are longer and need more haste. */
const burns = ([["page", 15], ["ticket", 60]] as const).flatMap(([severity, windows]) =>
  trialsOf({ plan, timing: { ...TIMING.lab, haste: { patience: 4, windows } }, stores: "pods" }).filter(({ alert }) => alert.burn !== undefined && alert.severity === severity));
const keyOf = ({ alert }: (typeof trials)[number]) => `${alert.name}-${alert.severity}`;

describe("alerts under promtool", () => {
  let promtool = "";
  let folder = "";

  before(async function () {
    this.timeout(120_000);
    promtool = await resolve("promtool");
    folder = mkdtempSync(join(tmpdir(), "slipway-rules-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What promtool says to the cases of these trials; failing cases name their alert. */
  async function judge(chosen: typeof trials, mutation?: Mutation): Promise<string> {
    const files = chosen.map((trial, index) => {
      const rules = `${index}.rules.yaml`;
      const { rules: text, tests } = promtoolFiles(trial, rules, mutation);
      writeFileSync(join(folder, rules), text);
      writeFileSync(join(folder, `${index}.test.yaml`), tests);
      return `${index}.test.yaml`;
    });
    // Halves of the list side by side: promtool works through its files one by one.
    const halves = [0, 1].map((rest) => files.filter((_, index) => index % 2 === rest)).filter((list) => list.length > 0);
    const answers = await Promise.all(halves.map((list) =>
      run(promtool, ["test", "rules", ...list], { cwd: folder, maxBuffer: 1 << 26 }).then(() => "", (error: { stdout: string; stderr: string }) => error.stdout + error.stderr)));
    return answers.join("");
  }

  for (const stage of ["dev", "prod"] as const) {
    for (const [name, stores] of [["standard", "pods"], ["lab", "pods"], ["standard", "cloud"]] as const) {
      it(`accepts the rules of ${stage} with ${name} timing and stores in ${stores}`, async () => {
        const file = join(folder, "all.yaml");
        const links = { runbooks: "docs/runbooks", dashboards: "https://dashboards.example" };
        writeFileSync(file, ruleFile([...systemRules({ plan: planSystem(fishdelivery, stage), timing: TIMING[name], stores }, links), ...platformRules(TIMING[name], links)]));
        await run(promtool, ["check", "rules", "--lint=all", "--lint-fatal", file]);
      });
    }
  }

  it("has a firing, a silent and a boundary case for every alert", () => {
    for (const { alert } of trials.filter((trial) => trial.alert.severity !== "none")) {
      const cases = casesOf(alert, timing);
      assert.ok(cases.some(({ fires }) => fires !== null), `${alert.name} never fires in a case`);
      assert.ok(cases.some(({ fires }) => fires === null), `${alert.name} is never silent in a case`);
      // Without patience an alert has no boundary in time: it fires at the first evaluation beyond its limit, which the first two cases enclose.
      assert.ok(cases.length >= 3 || alert.patience === 0, `${alert.name} has no case at its boundary`);
    }
  });

  it("finds every alert firing, silent and patient where it should be", async () => {
    assert.equal(await judge([...trials, ...burns]), "");
  }).timeout(120_000);

  for (const [mutation, all] of [...MUTATIONS.map((one) => [one, trials] as const), ...PAIR_MUTATIONS.map((one) => [one, burns] as const)]) {
    it(`notices in every alert: ${mutation.title}`, async () => {
      const broken = all.filter(({ alert }) => mutation.breaks(alert));
      const answer = await judge(broken, mutation);
      const unnoticed = broken.map(keyOf).filter((key) => !answer.includes(`name: ${key.replace(/-(?=[^-]+$)/, "/")}:`));
      assert.deepEqual(unnoticed, []);
    }).timeout(120_000);
  }
});
