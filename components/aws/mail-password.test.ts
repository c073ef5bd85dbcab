import assert from "node:assert/strict";
import { mailPassword } from "./mail-password.ts";

describe("the secret of Amazon SES", () => {
  it("gives the SMTP password", () => assert.equal(mailPassword('{"password":"p","username":"u"}', "slipway/mail"), "p"));

  for (const [what, text] of [["plain text", "hidden-1"], ["another key", '{"smtp":"hidden-1"}'], ["an empty password", '{"password":""}'], ["no object", "null"]] as const) {
    it(`is refused with ${what}, with its setting and what it should hold, and is not shown`, () => {
      assert.throws(() => mailPassword(text, "shop/mail"), ({ message }: Error) =>
        /^slipway:mailSecret: the secret "shop\/mail" .* wanted: \{"password".* Fix: aws secretsmanager/.test(message) && !message.includes("hidden-1"));
    });
  }
});
