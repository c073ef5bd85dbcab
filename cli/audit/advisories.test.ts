import assert from "node:assert/strict";
import { readReport } from "./advisories.ts";

const advisory = (name: string, severity: string, id: string): object => ({
  source: 1,
  name,
  dependency: name,
  title: "It may be entered",
  url: `https://github.com/advisories/${id}`,
  severity,
  range: "<2.0.0",
});
const report = (...vias: (object | string)[][]): string =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(vias.map((via, index) => [`package-${index}`, { severity: "high", via }])),
  });

describe("what the registry knows of vulnerabilities", () => {
  it("is each advisory once, however many packages it reaches", () => {
    const entered = advisory("a", "high", "GHSA-aaaa-bbbb-cccc");
    assert.deepEqual(
      readReport(report([entered], ["a"], [entered, advisory("b", "moderate", "GHSA-dddd-eeee-ffff")])),
      {
        objections: [
          { of: "a", version: "<2.0.0", found: "GHSA-aaaa-bbbb-cccc" },
          { of: "b", version: "<2.0.0", found: "GHSA-dddd-eeee-ffff" },
        ],
      },
    );
  });

  it("counts from moderate on", () =>
    assert.deepEqual(readReport(report([advisory("a", "low", "GHSA-1"), advisory("a", "info", "GHSA-2")])), {
      objections: [],
    }));

  it("is unknown, and not nothing, where the registry was not heard", () => {
    assert.deepEqual(readReport('{"message":"405 Method Not Allowed","error":{}}'), {
      unheard: "405 Method Not Allowed",
    });
    assert.deepEqual(readReport('{"error":{"code":"ENOLOCK"}}'), { unheard: "npm gave no report" });
    assert.deepEqual(readReport("<html>\nBad Gateway"), { unheard: "<html>" });
    assert.deepEqual(readReport(""), { unheard: "npm said nothing" });
  });
});
