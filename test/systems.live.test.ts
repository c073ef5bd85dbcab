import assert from "node:assert/strict";
import { proveCanceling } from "./live/canceling.ts";
import { Launched } from "./live/launched.ts";
import { Pods } from "./live/pods.ts";
import type { Running } from "./live/running.ts";
import { Shop } from "./live/shop.ts";
import { animalHospitalFlows } from "./live/systems/animal-hospital.ts";
import { cleanmallFlows } from "./live/systems/cleanmall.ts";
import { dateCourseFlows } from "./live/systems/date-course.ts";
import { healthFlows } from "./live/systems/health.ts";

const live = process.env["SLIPWAY_SOAK_TESTS"] === "1";

const FLOWS: Readonly<Record<string, (running: () => Running) => void>> = {
  fishdelivery: proveCanceling,
  "date-course": dateCourseFlows,
  "animal-hospital": animalHospitalFlows,
  cleanmall: cleanmallFlows,
  health: healthFlows,
};

describe(
  live
    ? "five systems on one cluster"
    : "five systems on one cluster (skipped: it takes fifteen minutes and needs root; `npm test -- --soak` runs it)",
  function () {
    this.timeout(1_500_000); // BuildKit and its base images may have to be made first
    const systems = Object.keys(FLOWS);
    let launched: Launched;
    const running = () => ({ launched, shop: new Shop(launched.entry), pods: new Pods(launched) });

    before(async function () {
      if (!live) return this.skip();
      launched = new Launched("off", "all");
      const cluster = await launched.clusterUp();
      assert.equal(cluster.code, 0, cluster.output);
    });

    after(async () => {
      if (live) await launched.remove();
    });

    it("come up with one command", async () => {
      const { code, output } = await launched.slipway("up", "dev");
      assert.equal(code, 0, output);
    });

    for (const [system, flows] of Object.entries(FLOWS))
      describe(system, () => {
        before(() => void (launched.system = system));
        flows(running);
      });

    describe("all of them", () => {
      it("restarted nothing", async () => {
        for (const system of systems) {
          launched.system = system;
          const restarts = await launched.kubectl(
            "get",
            "pods",
            "-o",
            'jsonpath={range .items[*]}{.metadata.name}={.status.containerStatuses[*].restartCount}{"\\n"}{end}',
          );
          assert.doesNotMatch(restarts, /=.*[1-9]/, restarts);
        }
      });
    });
  },
);
