import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { unlessWithheld } from "./withheld-secrets.ts";

/** How often the secret was read, and what came of it, in a run of the program. */
async function run(
  dryRun: boolean,
  told: string | undefined,
): Promise<{ reads: number; secret: boolean; text: string }> {
  await pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }, "p", "s", dryRun);
  const before = process.env["SLIPWAY_SECRETS"];
  if (told === undefined) delete process.env["SLIPWAY_SECRETS"];
  else process.env["SLIPWAY_SECRETS"] = told;
  let reads = 0;
  const found = unlessWithheld(pulumi.output("there"), () => {
    reads += 1;
    return "s3cret";
  });
  if (before === undefined) delete process.env["SLIPWAY_SECRETS"];
  else process.env["SLIPWAY_SECRETS"] = before;
  const text = await new Promise<string>((done) => void found.apply(done));
  return { reads, secret: await pulumi.isSecret(found), text };
}

describe("a secret of the account", () => {
  it("is asked for by nobody in a preview that withholds secrets", async () =>
    assert.deepEqual(await run(true, "withheld"), { reads: 0, secret: true, text: "[secret]" }));

  it("is read by an update, whatever the shell says: a placeholder is never deployed", async () =>
    assert.deepEqual(await run(false, "withheld"), { reads: 1, secret: true, text: "s3cret" }));

  it("is read by the preview of an update, which has to show everything that it would change", async () =>
    assert.deepEqual(await run(true, undefined), { reads: 1, secret: true, text: "s3cret" }));
});
