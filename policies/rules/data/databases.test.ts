import assert from "node:assert/strict";
import { Graph } from "../../resources/graph.ts";
import { judge } from "../../judging/judge.ts";
import { RULES } from "../../rules.ts";
import { changed, type Edits } from "../../testing/case.ts";

/** What the rule finds of the good system's two services, which open up to 50 connections each. */
const found = (edits: Edits): string[] => {
  const rules = RULES.filter(({ id }) => id === "connections-suffice");
  return judge(new Graph(changed({ "ParameterGroup/shop parameters": [], ...edits })), rules, {
    tier: "standard",
    facts: {},
  }).findings.map(({ note = "" }) => note);
};
const instance = (identifier: string, engine: string, instanceClass: string) => ({
  type: "aws:rds/instance:Instance",
  name: identifier,
  props: { identifier, engine, instanceClass },
});
const pool = (size: string): Edits => ({ "ConfigMap/order-1a2b3c4d data.DATABASE_POOL": size });

describe("the connections of a database", () => {
  it("are counted by the formula of its engine: MariaDB takes half of what MySQL does", () => {
    const edits = (engine: string): Edits => ({
      "Instance/db instanceClass": "db.t4g.medium",
      "Instance/db engine": engine,
      ...pool("17"),
    }); // 5 × 17 + 5 × 10 = 135
    assert.deepEqual(found(edits("mysql")), []);
    assert.match(found({ ...edits("mariadb"), ...pool("18") }).join(), /0\.8 × max_connections 170$/);
  });

  it("are counted for each server where there are several", () => {
    const other = {
      "+": [instance("payment", "mariadb", "db.t4g.medium")],
      "Instance/db identifier": "order",
      "Instance/db instanceClass": "db.t4g.medium",
    };
    const hosts = {
      "ConfigMap/order-1a2b3c4d data.DATABASE_HOST": "order.abc.rds.amazonaws.com",
      "ConfigMap/payment-1a2b3c4d data.DATABASE_HOST": "payment.abc.rds.amazonaws.com",
    };
    assert.deepEqual(found({ ...other, ...hosts, ...pool("25") }), []);
    assert.match(
      found({ ...other, ...hosts, ...pool("30") }).join(),
      /^order \d+ pods × 30; 0\.8 × max_connections 170$/,
    );
  });
});
