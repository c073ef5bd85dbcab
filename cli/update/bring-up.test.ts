import assert from "node:assert/strict";
import { bringUp } from "./bring-up.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";

const settings: StackSettings = {
  stack: "dev",
  stage: "dev",
  systems: ["fishdelivery"],
  kubeContext: null,
  registry: null,
  cluster: "dev",
  monitoring: "off",
  traces: null,
  stores: {},
};

/** Runs the work as somebody who is not root. */
async function unprivileged<T>(work: () => Promise<T>): Promise<T> {
  const { getuid } = process;
  process.getuid = () => 1000;
  try {
    return await work();
  } finally {
    if (getuid) process.getuid = getuid;
  }
}

describe("bringing a stack up without root", () => {
  it("ends before any work, and names both ways on", async () => {
    await assert.rejects(
      unprivileged(() => bringUp(settings, false)),
      (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.exitCode, 2);
        assert.match(
          error.message,
          /stack "dev" runs on the embedded cluster, which needs root .*; you are user 1000\./,
        );
        assert.match(error.message, /sudo/);
        assert.match(
          error.message,
          /Pulumi\.dev\.yaml:\n  config:\n    slipway:kubeContext: <context>\n    slipway:registry: /,
        );
        return true;
      },
    );
  });
});
