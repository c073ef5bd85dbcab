import assert from "node:assert/strict";
import { alertingSecret } from "./alerting-secret.ts";

describe("the secret of the alerting", () => {
  it("gives the SMTP password, and the key of a chat or a pager", () => {
    const text = '{"password":"p","chat":"https://hooks.example.com/1","pager":"k"}';
    assert.deepEqual(
      (["password", "chat", "pager"] as const).map((field) => alertingSecret(text, "slipway/mail", field)),
      ["p", "https://hooks.example.com/1", "k"],
    );
  });

  for (const [what, text] of [
    ["plain text", "hidden-1"],
    ["another key", '{"smtp":"hidden-1"}'],
    ["an empty password", '{"password":""}'],
    ["no object", "null"],
  ] as const) {
    it(`is refused with ${what}, with its setting and what it should hold, and is not shown`, () => {
      assert.throws(
        () => alertingSecret(text, "shop/mail", "password"),
        ({ message }: Error) =>
          /^slipway:mailSecret: the secret "shop\/mail" .* wanted: \{"password".* Fix: aws secretsmanager/.test(
            message,
          ) && !message.includes("hidden-1"),
      );
    });
  }
});
