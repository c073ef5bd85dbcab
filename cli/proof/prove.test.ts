import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { EXPERIMENTS } from "../../experiments/proofs/list.ts";
import { planSystem } from "../../model/plan.ts";
import { CHECKLIST } from "../../policies/reporting/checklist.ts";
import { systems } from "../../systems/index.ts";
import { projectFolder } from "../project/project-folder.ts";
import { chosenExperiments } from "./chosen.ts";
import { trafficOf } from "./traffic-of.ts";

const slipway = (...args: string[]) => {
  const env = { ...process.env, NO_COLOR: "1" };
  return spawnSync(process.execPath, ["cli/main.ts", "prove", ...args], { cwd: projectFolder, encoding: "utf8", env });
};

describe("slipway prove", function () {
  this.timeout(60_000);

  it("lists every experiment, and the short set alone", () => {
    const { status, stdout, stderr } = slipway("--list");
    assert.equal(status, 0, stderr);
    assert.deepEqual(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.split(" ")[0]),
      EXPERIMENTS.map(({ id }) => id),
    );
    assert.equal(
      slipway("--list", "--smoke").stdout.trim().split("\n").length,
      EXPERIMENTS.filter(({ smoke }) => smoke).length,
    );
  });

  it("takes at most twelve minutes for the short set, controls included", () => {
    const minutes = EXPERIMENTS.filter(({ smoke }) => smoke).reduce((sum, { seconds }) => sum + (2 * seconds) / 60, 0);
    assert.ok(minutes > 0 && minutes <= 12, `${minutes} min`);
  });

  const refused: readonly [what: string, args: readonly string[], said: RegExp][] = [
    ["an experiment that is none", ["--only", "E5,E55"], /no experiment "E55".*there are: E2/],
    ["a system that is none", ["fishdelivry"], /did you mean "fishdelivery"/],
    ["a number of repeats that is none", ["--repeats", "0"], /--repeats: found "0", allowed: a number from 1 to 99/],
    ["prod", ["fishdelivery", "--stack", "prod"], /is prod, and experiments break what they prove[\s\S]*--i-know/],
    ["a report that is none", ["fishdelivery", "--against", "package.json"], /--against package.json: it is no report/],
  ];
  for (const [what, args, said] of refused)
    it(`refuses ${what} with 2, before anything is reached`, () => {
      const { status, stderr } = slipway(...args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, said);
    });

  it("finds experiments by their ids, however they are written", () => {
    assert.deepEqual(
      chosenExperiments(EXPERIMENTS, { only: "e2, E5" }).map(({ id }) => id),
      ["E2", "E5"],
    );
  });
});

describe("the experiments", () => {
  it("each have an id of their own, items of the checklist, and a control or why not", () => {
    const numbers = CHECKLIST.map(({ number }) => number);
    assert.equal(new Set(EXPERIMENTS.map(({ id }) => id)).size, EXPERIMENTS.length);
    for (const { id, items, control } of EXPERIMENTS) {
      assert.ok(items.length > 0 && items.every((item) => numbers.includes(item)), id);
      if ("misses" in control) assert.ok(control.misses.length > 0, id);
    }
  });

  for (const system of systems)
    it(`can say of ${system.name} whether they can be run, and with which limits`, async () => {
      const plan = planSystem(system, "dev");
      const ground = {
        plan,
        traffic: await trafficOf(plan),
        entry: "",
        api: async () => ({ status: 200, body: {} }),
        node: null,
        watched: false,
      };
      for (const experiment of EXPERIMENTS) {
        const why = experiment.unrunnable(ground);
        if (why !== null) assert.ok(why.length > 10, `${experiment.id}: ${why}`);
        else assert.ok(experiment.load(ground).requests.length > 0, experiment.id);
        const figures = experiment.thresholds(ground).map(({ figure }) => figure);
        const { control } = experiment;
        if ("misses" in control)
          for (const figure of control.misses) assert.ok(figures.includes(figure), `${experiment.id}: ${figure}`);
      }
    });
});
