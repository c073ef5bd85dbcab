import assert from "node:assert/strict";
import { checkSystem } from "../../model/check.ts";
import { STAGES } from "../../model/stage.ts";
import { boutique } from "./boutique.ts";
import { petclinic } from "./petclinic.ts";
import { retail } from "./retail.ts";
import { registered } from "../golden.ts";
import { mandatoryFindings } from "../judged.ts";

/** Systems that nobody here wrote, described as they are. */
describe("systems of others", function () {
  this.timeout(60_000);

  for (const system of [boutique, petclinic, retail]) {
    it(`are described without a fault: ${system.name}`, () => assert.deepEqual(checkSystem(system), []));

    for (const stage of STAGES)
      it(`break no mandatory policy on ${stage}: ${system.name}`, async () => {
        assert.deepEqual(mandatoryFindings(await registered({ system, stage }), stage), []);
      });
  }
});
