import assert from "node:assert/strict";
import { applyExemptions, termOf, type Exemption } from "./exemptions.ts";
import { Graph } from "../resources/graph.ts";
import { judge } from "../judging/judge.ts";
import { RULES } from "../rules.ts";
import { changed } from "../testing/case.ts";
import { UNKNOWN } from "../resources/unknown.ts";

const exemption: Exemption = {
  rule: "autoscaler-floor",
  resource: "HorizontalPodAutoscaler/shop/*",
  reason: "quiet service",
  owner: "shop-team",
  expires: "2027-01-31",
};
const findings = judge(new Graph(changed({ "HorizontalPodAutoscaler/order spec.minReplicas": 1 })), RULES, {
  tier: "standard",
  facts: {},
}).findings.filter(({ rule }) => rule.id === "autoscaler-floor");
const on = (day: string, ...exemptions: Exemption[]): string[] => {
  const { open, exempt } = applyExemptions({ findings, doubts: [] }, exemptions, RULES, new Date(`${day}T12:00:00Z`));
  return [
    ...open.map(({ rule, level }) => `${rule.id} ${level}`),
    ...exempt.map(({ finding }) => `(${finding.rule.id})`),
  ];
};

describe("an exemption", () => {
  it("takes its finding out until its last day, and warns two weeks before", () => {
    assert.deepEqual(on("2026-12-01", exemption), ["(autoscaler-floor)"]);
    assert.deepEqual(on("2027-01-18", exemption), ["exemption-expiring advisory", "(autoscaler-floor)"]);
    assert.deepEqual(on("2027-01-31", exemption), ["exemption-expiring advisory", "(autoscaler-floor)"]);
    assert.deepEqual(on("2027-02-01", exemption), ["autoscaler-floor mandatory", "exemption-expired mandatory"]);
  });

  it("speaks of resources or namespaces by glob, of rules by id or number", () => {
    assert.deepEqual(on("2026-12-01", { ...exemption, rule: "K30" }), ["(autoscaler-floor)"]);
    const { resource: _, ...rest } = exemption;
    assert.deepEqual(on("2026-12-01", { ...rest, namespace: "sh?p" }), ["(autoscaler-floor)"]);
  });

  it("is itself a finding when nothing needs it, no rule has its name, or its rule allows none", () => {
    assert.deepEqual(on("2026-12-01", { ...exemption, resource: "Deployment/other/*" }), [
      "autoscaler-floor mandatory",
      "exemption-unused mandatory",
    ]);
    assert.deepEqual(on("2026-12-01", { ...exemption, rule: "autoscaler-flor" }), [
      "autoscaler-floor mandatory",
      "exemption-misplaced mandatory",
    ]);
    assert.deepEqual(on("2026-12-01", exemption, { ...exemption, rule: "not-privileged" }), [
      "exemption-misplaced mandatory",
      "(autoscaler-floor)",
    ]);
  });

  it("is not called needless while its rule cannot be answered", () => {
    const judgement = judge(
      new Graph(changed({ "HorizontalPodAutoscaler/order spec.minReplicas": UNKNOWN })),
      RULES.filter(({ id }) => id === "autoscaler-floor"),
      { tier: "standard", facts: {} },
    );
    const { open, doubts } = applyExemptions(
      judgement,
      [exemption, { ...exemption, resource: "HorizontalPodAutoscaler/shop/payment" }],
      RULES,
      new Date("2026-12-01"),
    );
    assert.deepEqual(
      [
        open.map(({ rule, resource }) => `${rule.id} ${resource.urn}`),
        doubts.map(({ rule, resource }) => `${rule.id} ${resource?.urn}`),
      ],
      [["exemption-unused exemption/1"], ["exemption-expiring exemption/0", "exemption-unused exemption/0"]],
    );
  });

  it("ends when its date cannot be read", () =>
    assert.equal(termOf({ ...exemption, expires: "soon" }, new Date()), "expired"));
});
