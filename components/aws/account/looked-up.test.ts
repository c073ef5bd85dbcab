import assert from "node:assert/strict";
import { lookedUp } from "./looked-up.ts";

const ZONE = {
  key: "slipway:domain",
  value: "shop.example.com",
  allowed: "a public zone of Route 53 in this account",
  fix: "make it",
};

describe("what a setting names and AWS has to have", () => {
  it("is what AWS answers", async () => {
    assert.equal(await value(lookedUp(Promise.resolve("Z1"), ZONE)), "Z1");
  });

  it("is told by its setting when AWS has it not, with the reason that AWS gave", async () => {
    const refused = Promise.reject(
      new Error(
        "invocation of aws:route53/getZone:getZone returned an error: 1 error occurred:\n\t* no matching Route 53 Hosted Zone found\n\n",
      ),
    );
    await assert.rejects(value(lookedUp(refused, ZONE)), {
      message:
        'slipway:domain: found "shop.example.com", allowed: a public zone of Route 53 in this account (no matching Route 53 Hosted Zone found). Fix: make it',
    });
  });
});

/** What an output becomes. */
function value(output: ReturnType<typeof lookedUp<string>>): Promise<string> {
  return (output as unknown as { promise(): Promise<string> }).promise();
}
