import assert from "node:assert/strict";
import { planSystem } from "../../../model/plan.ts";
import { shop, shopPlan } from "../../../test/shop.ts";
import { databaseServers } from "./database-servers.ts";
import type { AwsSettings } from "../account/settings.ts";

const asking = (per: "system" | "service") => ({ database: { per } as AwsSettings["database"] });

describe("the database servers of a stage", () => {
  it("are one for a system, or one for each database", () => {
    const named = (per: "system" | "service") =>
      databaseServers([shopPlan()], asking(per))
        .get("shop")
        ?.map(({ identifier, stores }) => [identifier, stores]);
    assert.deepEqual(named("system"), [["shop", ["order-db"]]]);
    assert.deepEqual(named("service"), [["shop-order", ["order-db"]]]);
  });

  it("never restart in the same hour, of one system or of several, nor while they are backed up", () => {
    const plans = Array.from({ length: 28 }, (_, index) => planSystem({ ...shop, name: `shop${index}` }, "prod"));
    const windows = [...databaseServers(plans, asking("system")).values()]
      .flat()
      .map(({ maintenanceWindow }) => maintenanceWindow);
    assert.equal(windows[0], "sun:03:00-sun:04:00");
    assert.equal(new Set(windows).size, 28);
    for (const window of windows) assert.match(window, /^(\w{3}):0[2-5]:00-\1:0[3-6]:00$/);
  });
});
