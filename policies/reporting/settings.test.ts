import assert from "node:assert/strict";
import { RULES } from "../rules.ts";
import { InvalidConfiguration, readConfiguration } from "./settings.ts";

const problems = (value: unknown): readonly string[] => {
  try {
    readConfiguration(value, "policy.yaml", RULES);
    return [];
  } catch (error) {
    assert.ok(error instanceof InvalidConfiguration);
    return error.problems;
  }
};

describe("a policy configuration", () => {
  it("may say nothing", () => assert.deepEqual(readConfiguration(undefined, "x", RULES), {}));

  it("may change the tier, facts, limits, levels and exemptions", () => {
    assert.deepEqual(
      problems({
        tier: "critical",
        facts: { zones: 3, existing: ["shop/tls"] },
        limits: { "replica-floor": { min: 4 }, "image-registry-allowed": { allowed: ["registry.example/"] } },
        levels: { "cpu-limit": "advisory" },
        exemptions: [{ rule: "K30", namespace: "tools", reason: "r", owner: "o", expires: "2027-01-31" }],
      }),
      [],
    );
  });

  it("hears of all its problems at once, with their place and what was meant", () => {
    assert.deepEqual(
      problems({
        teir: "dev",
        tier: "gold",
        facts: { zones: "three", zone: 3 },
        limits: { "replica-flor": {}, "replica-floor": { min: "2", max: 3 } },
        levels: { "not-privileged": "advisory", "cpu-limit": "on" },
        exemptions: [{ rule: "K30", expires: "soon" }],
      }),
      [
        "teir: no such setting",
        'tier: found "gold", wanted critical, standard, dev',
        "facts.zone: no such setting (did you mean zones?)",
        'facts.zones: found "three", wanted a whole number',
        "limits.replica-flor: no such rule (did you mean replica-floor?)",
        'limits.replica-floor.min: found "2", wanted a number, lowest number of replicas',
        "limits.replica-floor.max: no such limit; replica-floor has min, alone",
        'levels.not-privileged: found "advisory", and this rule is always mandatory',
        'levels.cpu-limit: found "on", wanted mandatory, advisory, disabled',
        "exemptions[0].reason: not set, wanted text",
        "exemptions[0].owner: not set, wanted text",
        "exemptions[0]: neither resource nor namespace, wanted a glob such as Deployment/shop/*",
        'exemptions[0].expires: found "soon", wanted a date such as 2027-03-31',
      ],
    );
  });

  it("names days that the calendar has", () => {
    const until = (expires: string): readonly string[] =>
      problems({ exemptions: [{ rule: "K30", namespace: "tools", reason: "r", owner: "o", expires }] });
    assert.deepEqual(
      ["2028-02-29", "2027-02-30", "2027-13-01", "2027-1-1"].map((day) => until(day).length),
      [0, 1, 1, 1],
    );
  });

  it("must be an object", () =>
    assert.deepEqual(problems("strict"), [
      'found "strict", wanted an object with tier, facts, limits, levels and exemptions',
    ]));
});
