import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { assertOwnAccount } from "./own-account.ts";

describe("credentials of an AWS account", () => {
  before(async () =>
    pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs as object }),
      call: ({ token }) =>
        token === "aws:index/getCallerIdentity:getCallerIdentity"
          ? { accountId: "999988887777", arn: "arn:aws:sts::999988887777:assumed-role/Admin/me" }
          : {},
    }),
  );

  it("are taken when they belong to the account of the stack", async () =>
    assert.equal(await assertOwnAccount({ accountId: "999988887777" }, false), undefined));

  it("are refused when they belong to another one, with the setting and both ways out", async () => {
    await assert.rejects(assertOwnAccount({ accountId: "111122223333" }, false), ({ message }: Error) =>
      /slipway:accountId: found "111122223333", allowed: 999988887777, .* Fix: log in to 111122223333, .* write `slipway:accountId: "999988887777"` below config in Pulumi\.\w+\.yaml/.test(
        message,
      ),
    );
  });

  it("are not asked for where a plan is made without any", async () =>
    assert.equal(await assertOwnAccount({ accountId: "111122223333" }, true), undefined));
});
