import assert from "node:assert/strict";
import { address } from "../documentation/address.ts";
import { policyPages } from "../documentation/docs.ts";
import { json } from "../formats/json.ts";
import { markdown } from "../formats/markdown.ts";
import { sarif } from "../formats/sarif.ts";
import { text } from "../formats/text.ts";
import { fingerprint } from "../judging/finding.ts";
import { addText, emptyInput, type Input } from "../read/input.ts";
import { report, score, verdictOf, type Order, type Report } from "./report.ts";
import { resourceRule } from "../judging/rule.ts";
import { RULES } from "../rules.ts";
import { changed, type Edits } from "../testing/case.ts";
import { UNKNOWN } from "../resources/unknown.ts";

const exemption = { rule: "autoscaler-floor", namespace: "shop", reason: "quiet", owner: "o", expires: "2027-12-31" };
const order = (edits: Edits, more: Partial<Order> = {}): Order => ({
  resources: changed(edits),
  rules: RULES,
  settings: { tier: "standard", facts: {} },
  exemptions: [],
  baseline: new Set(),
  today: new Date("2026-12-01"),
  ...more,
});
const readYaml = (words: string): Input => {
  const input = emptyInput();
  addText(input, words, "a.yaml");
  return input;
};
const low: Edits = { "HorizontalPodAutoscaler/order spec.minReplicas": 1 };
const verdict = (result: Report, number: number): string | undefined =>
  result.items.find((item) => item.number === number)?.verdict;

describe("a report", () => {
  it("keeps passed, failed, unknown, not applicable and exempt apart", () => {
    const result = report(order({ ...low, "StorageClass/gp3 reclaimPolicy": UNKNOWN }));
    assert.deepEqual(
      [4, 12, 29, 7].map((item) => verdict(result, item)),
      ["failed", "unknown until deployed", "not applicable", "passed"],
    );
    assert.equal(verdict(report(order(low, { exemptions: [exemption] })), 4), "exempt");
  });

  it("is never green about nothing", () => {
    const result = report(order({}, { resources: [] }));
    assert.deepEqual(new Set(result.items.map((item) => item.verdict)), new Set(["not applicable"]));
    assert.equal(result.rules.applicable, 0);
  });

  it("passes nothing of kinds that no rule knows", () => {
    const { resources } = readYaml(
      "kind: Foo\napiVersion: example.com/v1\nmetadata: { name: a }\n---\nkind: Bar\napiVersion: example.org/v1\nmetadata: { name: a }\n",
    );
    const result = report(order({}, { resources }));
    assert.deepEqual(
      [new Set(result.items.map((item) => item.verdict)), [...result.services], [...result.resources.skipped]],
      [
        new Set(["not applicable"]),
        [],
        [
          ["example.com/Foo", 1],
          ["example.org/Bar", 1],
        ],
      ],
    );
  });

  it("gives each service a score in which unknown is not good", () => {
    assert.equal(score({ passed: 3, failed: 0, unknown: 1, exempt: 5 }), 75);
    assert.equal(score({ passed: 0, failed: 0, unknown: 0, exempt: 0 }), undefined);
    assert.ok(
      (score(report(order(low)).services.get("shop/order") ?? { passed: 0, failed: 1, unknown: 0, exempt: 0 }) ?? 0) <
        100,
    );
    assert.equal(verdictOf({ passed: 1, failed: 0, unknown: 1, exempt: 0 }), "unknown until deployed");
  });

  it("fails only on what is new", () => {
    const [old] = report(order(low)).findings;
    assert.ok(old);
    const result = report(order(low, { baseline: new Set([fingerprint(old)]) }));
    assert.deepEqual([result.findings.length, result.known.length], [0, 1]);
  });

  it("counts kinds that no rule knows", () =>
    assert.equal(report(order({})).resources.skipped.get("traefik.io/Middleware"), 1));

  it("goes on when a rule breaks, and says so", () => {
    const broken = resourceRule<object>()({
      id: "broken",
      number: "Z1",
      title: "",
      why: "",
      fix: "",
      severity: "low",
      levels: { critical: "mandatory", standard: "mandatory", dev: "mandatory" },
      items: [7],
      on: ["HorizontalPodAutoscaler"],
      check: () => {
        throw new TypeError("oops");
      },
    });
    const result = report(order(low, { rules: [broken, ...RULES] }));
    assert.ok(result.findings.some(({ rule }) => rule.id === "autoscaler-floor"));
    assert.match(text(result, { color: false, full: false }), /rule failed broken .*: oops/);
    assert.equal(verdict(result, 7), "unknown until deployed");
    assert.match(
      markdown(report(order({}, { rules: [broken] }))),
      /## No findings, but 1 of the rules failed\n\n- rule broken failed( \d times)?: oops\n/,
    );
    const [run] = (
      JSON.parse(sarif(result, [broken, ...RULES], false)) as {
        runs: [
          {
            invocations: [
              {
                executionSuccessful: boolean;
                toolExecutionNotifications: [{ associatedRule: object; message: { text: string } }];
              },
            ];
          },
        ];
      }
    ).runs;
    assert.equal(run.invocations[0].executionSuccessful, false);
    assert.deepEqual(run.invocations[0].toolExecutionNotifications[0].associatedRule, { id: "broken", index: 0 });
    assert.match(run.invocations[0].toolExecutionNotifications[0].message.text, /^rule broken failed at .*: oops$/);
  });
});

describe("formats", () => {
  const result = report(order(low));
  const excused = report(order(low, { exemptions: [exemption] }));

  it("text says what, where, why and how", () => {
    const words = text(result, { color: false, full: false });
    for (const part of [
      "HorizontalPodAutoscaler/shop/order spec.minReplicas: found 1, wanted >= 2. ",
      "fix:  spec: { minReplicas: 2 }",
      `docs: ${address("docs/policies/replicas.md#autoscaler-floor")}`,
      "1 findings",
    ])
      assert.ok(words.includes(part), part);
  });

  it("json can be the next baseline", () => {
    const { findings } = JSON.parse(json(result)) as { findings: { fingerprint: string; rule: string }[] };
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ["autoscaler-floor"],
    );
    assert.match(findings[0]?.fingerprint ?? "", /^[0-9a-f]{32}$/);
  });

  it("sarif always has results, and keeps exempted ones out of GitHub only", () => {
    const results = (words: string): { suppressions?: object[]; partialFingerprints: object }[] =>
      (JSON.parse(words) as { runs: [{ results: { suppressions?: object[]; partialFingerprints: object }[] }] }).runs[0]
        .results;
    assert.deepEqual(results(sarif(report(order({})), RULES, true)), []);
    assert.deepEqual(results(sarif(excused, RULES, true)), []);
    assert.equal(results(sarif(excused, RULES, false))[0]?.suppressions?.length, 1);
    assert.ok(results(sarif(result, RULES, true))[0]?.partialFingerprints);
  });

  it("sarif explains each rule in place, as its page does, and knows no path of this machine", () => {
    const words = sarif(result, RULES, true);
    const { rules } = (
      JSON.parse(words) as {
        runs: [{ tool: { driver: { rules: { id: string; help: { text: string; markdown: string } }[] } } }];
      }
    ).runs[0].tool.driver;
    const pages = policyPages()
      .map(({ content }) => content)
      .join("\n");
    assert.deepEqual(
      rules.filter(({ id, help }) => !pages.includes(`## ${id}\n\n${help.markdown}`)).map(({ id }) => id),
      [],
    );
    const floor = rules.find(({ id }) => id === "autoscaler-floor");
    assert.match(floor?.help.text ?? "", /lowest[\s\S]*Fix: spec: \{ minReplicas: 2 \}/);
    assert.match(floor?.help.markdown ?? "", /```ts\nspec: \{ minReplicas: 2 \}\n```[\s\S]*\| `min` \|/);
    for (const travelling of [words, json(result), markdown(result)])
      assert.ok(!travelling.includes("file://") && !travelling.includes(import.meta.dirname));
  });

  it("name the file and the line of the property", () => {
    const { resources } = readYaml(
      `kind: HorizontalPodAutoscaler\napiVersion: autoscaling/v2\nmetadata: { name: a, namespace: shop }\nspec:\n  scaleTargetRef: { kind: Deployment, name: a }\n  minReplicas: 1\n  maxReplicas: 4\n`,
    );
    const placed = report(order({}, { resources, rules: RULES.filter(({ id }) => id === "autoscaler-floor") }));
    assert.match(
      text(placed, { color: false, full: false }),
      /a\.yaml:6 HorizontalPodAutoscaler\/shop\/a spec\.minReplicas/,
    );
    assert.match(markdown(placed), /`a\.yaml:6 Horizontal/);
    assert.match(json(placed), /"file": "a\.yaml",\s+"line": 6,/);
    assert.match(sarif(placed, RULES, true), /"startLine": 6\b/);
  });

  it("markdown fits into a pull request", () => {
    assert.match(markdown(result), /^## 1 findings\n[\s\S]*\| 4 \| Autoscaler \| failed \| \d\d % \|/);
    const advised = report(
      order(
        { ...low, "HorizontalPodAutoscaler/payment spec.minReplicas": 1 },
        {
          settings: {
            tier: "dev",
            facts: {},
            levels: { "autoscaler-floor": "advisory" },
            limits: { "autoscaler-floor": { min: 2 } },
          },
        },
      ),
    );
    assert.match(
      markdown(advised),
      /^## No findings, 2 advice\n[\s\S]*<details><summary>2 advice<\/summary>\n\n### K30 /,
    );
  });

  it("name each exempt finding with who answers for it and until when", () => {
    for (const words of [markdown(excused), text(excused, { color: false, full: true })])
      assert.match(words, /HorizontalPodAutoscaler\/shop\/order.*: o until 2027-12-31, quiet/);
  });

  it("give services and checklist items a score, also those without a finding", () => {
    assert.match(markdown(result), /\| shop\/payment \| 100 % \|/);
    assert.match(
      text(result, { color: false, full: true }),
      /shop\/payment +100 %[\s\S]* 7 {2}Zero downtime: readiness probe +100 % {2}passed/,
    );
    assert.doesNotMatch(text(result, { color: false, full: false }), /shop\/payment +100 %/);
    const { items } = JSON.parse(json(result)) as { items: { number: number; score?: number }[] };
    assert.deepEqual(
      [7, 29].map((number) => items.find((item) => item.number === number)?.score),
      [100, undefined],
    );
  });
});
