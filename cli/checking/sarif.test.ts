import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { projectFolder } from "../project/project-folder.ts";

interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly properties: { readonly tags: unknown[] } }[] };
    };
    readonly results: readonly Result[];
  }[];
}
interface Result {
  readonly ruleId: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation?: { artifactLocation: { uri: string }; region: { startLine: number } };
  }[];
}

/** What code scanning takes at most of one file (GitHub, "SARIF support for code scanning"). */
const MOST = { runs: 20, results: 25_000, rules: 25_000, tags: 20, locations: 1000 } as const;

const SCHEMA = join(projectFolder, "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: "a \\u001b[31m", namespace: shop }
spec:
  selector: { matchLabels: { app: a } }
  template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: "a:latest" }] } }
`;
const EXEMPTIONS = `tier: standard
exemptions:
  - { rule: no-such-rule, namespace: shop, reason: a, owner: b, expires: "2099-01-01" }
  - rule: replica-floor
    resource: Deployment/other/*
    reason: left over
    owner: b
    expires: "2099-01-01"
`;

describe("the report for code scanning", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "slipway-sarif-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let log: Log;

  before(() => {
    writeFileSync(join(folder, "a b.yaml"), DEPLOYMENT);
    writeFileSync(join(folder, "policy.yaml"), EXEMPTIONS);
    const main = join(projectFolder, "cli/main.ts");
    const args = ["check", "--format", "sarif", "--github", "--config", "policy.yaml", "a b.yaml", "-"];
    const { stdout, stderr } = spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", main, ...args], {
      cwd: folder,
      encoding: "utf8",
      input:
        "apiVersion: v1\nkind: Service\nmetadata: { name: lost }\nspec: { type: NodePort, ports: [{ port: 80 }] }\n",
    });
    assert.ok(stdout.startsWith("{"), stderr);
    log = JSON.parse(stdout) as Log;
  });

  it("keeps to the published schema", () => {
    const ajv = addFormats.default(new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false }));
    const fits = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);
    assert.ok(fits(log), JSON.stringify(fits.errors?.slice(0, 5), null, 1));
  });

  it("has every result in a file: code scanning refuses the whole report for one that stands nowhere", () => {
    const results = log.runs.flatMap((run) => run.results);
    assert.ok(results.length > 5);
    for (const { ruleId, locations } of results) {
      const place = locations[0]?.physicalLocation;
      assert.ok(place?.artifactLocation.uri && place.region.startLine >= 1, ruleId);
    }
  });

  it("leads from what is wrong with an exemption to its line", () => {
    const places = log.runs[0]?.results
      .filter(({ ruleId }) => ruleId.startsWith("exemption-"))
      .map(({ ruleId, locations: [where] }) => [
        ruleId,
        where?.physicalLocation?.artifactLocation.uri,
        where?.physicalLocation?.region.startLine,
      ]);
    assert.deepEqual(places, [
      ["exemption-misplaced", "policy.yaml", 3],
      ["exemption-unused", "policy.yaml", 5],
    ]);
  });

  it("stays within what code scanning takes", () => {
    assert.ok(log.runs.length <= MOST.runs);
    for (const { tool, results } of log.runs) {
      assert.ok(results.length <= MOST.results && tool.driver.rules.length <= MOST.rules);
      for (const { properties } of tool.driver.rules) assert.ok(properties.tags.length <= MOST.tags);
      for (const { message, locations } of results)
        assert.ok(message.text !== "" && locations.length <= MOST.locations);
    }
  });
});
