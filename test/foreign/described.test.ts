import assert from "node:assert/strict";
import { System as SystemComponent } from "../../components/system.ts";
import { checkSystem } from "../../model/check.ts";
import { planSystem } from "../../model/plan.ts";
import { STAGES } from "../../model/stage.ts";
import type { System } from "../../model/system.ts";
import { awsAnswers } from "../aws-answers.ts";
import { boutique } from "./boutique.ts";
import { petclinic } from "./petclinic.ts";
import { retail } from "./retail.ts";
import { watched } from "./watched.ts";
import { GOLDEN_PLATFORM } from "../golden-platform.ts";
import { registered } from "../golden.ts";
import { judged, mandatoryFindings, unwatched } from "../judged.ts";
import { recordResources } from "../record-resources.ts";
import { watch } from "../watched-shop.ts";

/** A system on dev together with what watches it. */
function withMonitoring(system: System) {
  return recordResources(
    "dev",
    (parent) => {
      const plan = planSystem(system, "dev");
      new SystemComponent(plan.name, { plan, platform: GOLDEN_PLATFORM.dev(plan, parent) }, { parent });
      watch(parent, plan);
    },
    awsAnswers,
  );
}

/** Systems that nobody here wrote, described as they are. */
describe("systems of others", function () {
  this.timeout(60_000);

  for (const system of [boutique, petclinic, retail, watched]) {
    it(`are described without a fault: ${system.name}`, () => assert.deepEqual(checkSystem(system), []));

    for (const stage of STAGES)
      it(`break no mandatory policy on ${stage}: ${system.name}`, async () => {
        assert.deepEqual(mandatoryFindings(await registered({ system, stage }), stage), []);
      });

    it(`are told what weakens them, each with its reason: ${system.name}`, async () => {
      const { findings } = judged(await registered({ system, stage: "prod" }), "prod");
      const advised = findings.filter(({ rule }) => rule.id === "declared-weaknesses");
      const { weaknesses } = planSystem(system, "prod");
      assert.deepEqual(
        advised.map(({ level, note }) => `${level}: ${note}`),
        weaknesses.map(({ reason }) => `advisory: ${reason}`),
      );
      assert.ok(weaknesses.length > 0);
    });

    it(`are watched as far as they show anything: ${system.name}`, async () => {
      assert.deepEqual(unwatched(await withMonitoring(system), "prod"), []);
    });
  }
});
