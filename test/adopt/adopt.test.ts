import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkSystem } from "../../model/check.ts";
import type { System } from "../../model/system.ts";
import { isQuestion } from "../../cli/adopt/writing/questions.ts";
import { ADOPTED, adoptedAs } from "./adopted.ts";

/** What the files of the cases keep from everybody. */
const KEPT = /not-for-anybody|correct-horse|9f86d081884c7d65/;

describe("adopting what people have", function () {
  this.timeout(20_000);

  for (const one of ADOPTED) {
    const file = join(import.meta.dirname, one.folder, "system.ts");

    it(`gives the description that stands beside them: ${one.what}`, () => {
      assert.equal(adoptedAs(one).text, readFileSync(file, "utf8"));
    });

    it(`leaves nothing to mend but what only people know: ${one.folder}`, async () => {
      const [system] = Object.values((await import(file)) as Record<string, System>);
      assert.ok(system);
      const faults = checkSystem(system);
      assert.ok(faults.length > 0, "promises are never invented");
      assert.deepEqual(
        faults.filter((fault) => !isQuestion(fault)),
        [],
      );
    });

    it(`asks each question once, and writes down no secret: ${one.folder}`, () => {
      const { report, text } = adoptedAs(one);
      const questions = report.split("\n").filter((line) => line.includes("?"));
      const asked = questions.map((line) => line.replace(/ \([^()]*\)$/, ""));
      assert.deepEqual(asked, [...new Set(asked)]);
      for (const word of ["purpose", "owner", "entry"]) assert.match(report, new RegExp(`^  ${word}: `, "m"));
      assert.doesNotMatch(report + text, KEPT);
    });
  }

  it("asks for promises, reasons and rights, and says what each may be", () => {
    const { report } = adoptedAs({ folder: "database", args: ["compose.yaml"], what: "" });
    assert.match(report, /^ {2}slo: what does it promise .* \(customers, invoices, reports\)$/m);
    assert.match(report, /^ {2}keeps: .* \(mysql, mysql-invoices\)$/m);
    assert.match(report, /^ {2}may: .* \(customers → mysql, invoices → mysql-invoices, reports → mysql-invoices\)$/m);
    assert.match(report, /^ {2}onFailure: .* \(invoices → customers\)$/m);
    assert.match(report, /^ {2}shared: .* \(reports → mysql-invoices\)$/m);
    assert.match(report, /^ {2}keptBy: /m);
  });

  it("says which secrets are to be given, and where stores that are only reached get their addresses", () => {
    const { report } = adoptedAs({ folder: "secrets", args: ["compose.yaml"], what: "" });
    assert.match(report, /npx slipway secret set secrets\/jwt-secret/);
    assert.match(report, /pulumi config set stores:queue HOST:5672/);
  });

  it("says which names are others now", () => {
    const { report } = adoptedAs({ folder: "names", args: ["compose.yaml"], what: "" });
    assert.match(report, /^ {2}self: self-server$/m);
    assert.match(report, /^ {2}__proto__: proto$/m);
  });
});
