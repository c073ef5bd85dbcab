import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const budget = (minAvailable: number): object => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "a" },
  spec: { minAvailable, selector: { matchLabels: { app: "a" } } },
});
const pods = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "a" },
  spec: { replicas: 2, template: { metadata: { labels: { app: "a" } }, spec: {} } },
};
const labelled = (verdict: string, minAvailable: number, more: object = {}): object => ({
  id: `${verdict}-${minAvailable}`,
  check: "pdb-blocks-eviction",
  verdict,
  resources: [pods, budget(minAvailable)],
  ...more,
});

describe("labelled cases", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "slipway-cases-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...lines: (object | string)[]): { code: number | null; out: string } => {
    const file = join(folder, "cases.jsonl");
    writeFileSync(file, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "../main.ts"), "check", "--cases", file],
      { encoding: "utf8" },
    );
    return { code: status, out: stdout + stderr };
  };

  it("end with 0 when all are answered as labelled", () => {
    const { code, out } = run(labelled("good", 1), labelled("bad", 2));
    assert.equal(code, 0, out);
    assert.match(out, /in all +2 +100 % +100 % +100 %/);
  });

  it("end with 1 and a name when one is not, unless it is partial", () => {
    const { code, out } = run(labelled("good", 1), labelled("good", 2));
    assert.equal(code, 1, out);
    assert.match(out, /good-2: labelled good, answered bad/);
    assert.equal(run(labelled("good", 1), labelled("good", 2, { partial: true })).code, 0);
    assert.equal(run(labelled("bad", 2, { check: "no-such-check" })).code, 1);
  });

  it("end with 1 when a case breaks a rule, also a partial one", () => {
    const { code, out } = run(labelled("good", 1), labelled("good", 2, { partial: true, resources: [null] }));
    assert.equal(code, 1, out);
    assert.match(out, /good-2: labelled good, answered broken \[/);
  });

  it("end with 2 and a line when a file holds something else", () => {
    for (const line of ["null", "no json", "{}"]) {
      const { code, out } = run(labelled("good", 1), line);
      assert.equal(code, 2, out);
      assert.match(out, /cases\.jsonl:2: /);
    }
  });
});
