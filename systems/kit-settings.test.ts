import assert from "node:assert/strict";
import { planSystem } from "../model/plan.ts";
import { STAGE, type Stage } from "../model/stage.ts";
import { readVerifierSettings } from "../runtime/access/settings.ts";
import { readSettings } from "../runtime/process/settings.ts";
import { systems } from "./index.ts";

/** What only the place where a system runs knows, in the form that it has there. */
const OF_PLACE: Readonly<Record<string, string>> = { DATABASE_PORT: "3306", DATABASE_TLS: "off", KAFKA_AUTH: "none" };

describe("services on the kit", () => {
  for (const system of systems)
    for (const stage of Object.keys(STAGE) as Stage[])
      it(`are told all that they need to start: ${system.name} on ${stage}`, () => {
        const onKit = planSystem(system, stage).workloads.filter(({ source }) =>
          ["kit", "shipped"].includes(source.kind),
        );
        assert.ok(onKit.length > 0);
        for (const { name, source, settings, composed, calls } of onKit) {
          const told = Object.fromEntries(
            Object.keys(composed).map((variable) => [variable, OF_PLACE[variable] ?? "told"]),
          );
          const callees = calls.map(({ callee }) => callee);
          const env = { ...settings, ...told };
          const { faults } = source.kind === "shipped" ? readVerifierSettings(env) : readSettings(env, callees);
          assert.deepEqual(faults, [], name);
        }
      });
});
