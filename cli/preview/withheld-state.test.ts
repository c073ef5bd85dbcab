import assert from "node:assert/strict";
import { withheldState } from "./withheld-state.ts";

const SIGNATURE = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const sealed = { ...SIGNATURE, ciphertext: "v1:sealed:hidden" };
const opened = { ...SIGNATURE, plaintext: '"hidden"' };
const resource = (type: string, values: object): object => ({
  urn: `urn:pulumi:prod::slipway::${type}::a`,
  type,
  custom: true,
  id: "a",
  ...values,
});
const exported = (...resources: object[]): string =>
  JSON.stringify({
    version: 3,
    deployment: { manifest: {}, secrets_providers: { type: "passphrase", state: { salt: "v1:hidden" } }, resources },
  });

describe("a state that is read without its key", () => {
  it("has a placeholder, itself a secret, wherever a secret was, at any depth and sealed or not", () => {
    const password = { length: 32, result: sealed, list: [{ deep: opened }], plain: "kept" };
    const [found] = withheldState(
      exported(resource("random:index/randomPassword:RandomPassword", { outputs: password })),
    );
    const placeholder = { ...SIGNATURE, plaintext: '"[secret]"' };
    assert.deepEqual(found?.outputs, {
      length: 32,
      result: placeholder,
      list: [{ deep: placeholder }],
      plain: "kept",
    });
  });

  it("gives a Secret an object, which the provider asks for", () => {
    const values = { inputs: { stringData: sealed, type: "Opaque" }, outputs: { data: sealed } };
    const [found] = withheldState(exported(resource("kubernetes:core/v1:Secret", values)));
    const empty = { ...SIGNATURE, plaintext: "{}" };
    assert.deepEqual([found?.inputs, found?.outputs], [{ stringData: empty, type: "Opaque" }, { data: empty }]);
  });

  it("keeps nothing of what was sealed, nor of how", () =>
    assert.doesNotMatch(
      JSON.stringify(withheldState(exported(resource("a:b:C", { inputs: { x: sealed }, outputs: { x: opened } })))),
      /hidden|ciphertext/,
    ));

  it("is empty where nothing was deployed yet", () =>
    assert.deepEqual(withheldState('{"version":3,"deployment":{"manifest":{}}}'), []));
});
