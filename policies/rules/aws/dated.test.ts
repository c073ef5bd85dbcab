import assert from "node:assert/strict";
import { CHECKED } from "../../../model/aws-releases.ts";
import { resourcesOf } from "../../cases/cases.ts";
import { report } from "../../reporting/report.ts";
import { RULES } from "../../rules.ts";
import { ask } from "../../testing/asked.ts";

const cluster = (version: string) => [{ type: "aws:eks/cluster:Cluster", name: "shop", props: { version } }];
const database = (engine: string, engineVersion: string) => [
  { type: "aws:rds/instance:Instance", name: "db", props: { engine, engineVersion } },
];
const notesOn = (day: string) =>
  report({
    ...{ resources: resourcesOf(cluster("1.35")), rules: RULES, exemptions: [], baseline: new Set<string>() },
    settings: { tier: "standard", facts: { today: day } },
    today: new Date(day),
  }).notes;

describe("what has a date", () => {
  it("is judged by the day: the last of a version's extended support, and the one after", () => {
    assert.deepEqual(ask("cluster-supported", cluster("1.31"), { today: "2026-11-26" }).found, []);
    assert.deepEqual(ask("cluster-supported", cluster("1.31"), { today: "2026-11-27" }).found, [
      "version: 1.31 on 2026-11-27",
    ]);
  });

  it("is judged for the coming months where a change takes as long: databases", () => {
    assert.deepEqual(ask("engine-supported", database("mariadb", "10.11.8"), { today: "2027-10-31" }).found, []);
    assert.equal(ask("engine-supported", database("mariadb", "10.11.8"), { today: "2027-11-02" }).found.length, 1);
    assert.match(
      String(ask("engine-supported", database("postgres", "13.4")).found),
      /13\.4, supported until long ago/,
    );
    assert.deepEqual(ask("engine-supported", database("postgres", "19.1")).found, []); // newer than the calendar
  });

  it("comes with a word of warning when nobody has looked at the calendars for half a year", () => {
    assert.deepEqual(notesOn("2026-11-28"), []);
    assert.match(String(notesOn("2026-11-29")), new RegExp(`${CHECKED}, 184 days ago`));
  });
});
