import assert from "node:assert/strict";
import { kubectlTarget, placeOf } from "./place.ts";
import type { StackSettings } from "./stack-settings.ts";

const settings = (changes: Partial<StackSettings>): StackSettings => ({
  stack: "dev",
  stage: "dev",
  systems: ["shop"],
  kubeContext: null,
  registry: null,
  cluster: "dev",
  monitoring: "off",
  traces: null,
  stores: {},
  ...changes,
});

describe("the place of a stack", () => {
  it("is the embedded cluster until the stack names one of the user's", () => {
    assert.equal(placeOf(settings({})), "embedded");
    assert.equal(placeOf(settings({ kubeContext: "kind" })), "own");
  });

  it("is AWS on prod, so that no command for prod ever reaches a cluster on this machine", () => {
    const prod = settings({ stack: "prod", stage: "prod" });
    assert.equal(placeOf(prod), "aws");
    assert.deepEqual(kubectlTarget(prod), ["--context", "prod"]);
  });
});
