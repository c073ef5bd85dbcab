import assert from "node:assert/strict";
import { projectFolder } from "../cli/project/project-folder.ts";
import { committedSettings } from "../cli/stack/committed-settings.ts";
import { ACCOUNT } from "../test/aws-account.ts";
import { assertFixable } from "../test/setting-fixes.ts";
import { readSettings } from "./settings.ts";

const KNOWN = ["shop", "bank"];

const messageOf = (stack: string, config: Record<string, string>): string => {
  try {
    readSettings(stack, config, KNOWN);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("stack settings", () => {
  it("of prod name what runs there: a system described beside it, or before it, changes nothing", () => {
    const written = Object.entries(committedSettings(projectFolder, "prod") ?? {});
    const config = Object.fromEntries(
      written.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
    );
    const before = readSettings("prod", config, ["fishdelivery"]).systems;
    assert.deepEqual(readSettings("prod", config, ["shop", "fishdelivery", "bank"]).systems, before);
  });

  for (const [what, written] of [
    ["nothing", {}],
    ["an empty list", { "slipway:system": "[]" }],
    ["a comma", { "slipway:system": "," }],
  ] as const)
    it(`of prod are refused where they name ${what}, with the line to write`, () => {
      assert.match(
        messageOf("prod", written),
        /slipway:system: found .*, allowed: shop, bank\. Fix: .* in Pulumi\.prod\.yaml, such as `slipway:system: shop, bank`/,
      );
    });

  it("need nothing but the stack's name in dev", () => {
    assert.deepEqual(readSettings("dev", {}, KNOWN), {
      stage: "dev",
      systems: ["shop"],
      kubeContext: null,
      registry: null,
      cluster: "dev",
      monitoring: "standard",
      traces: null,
      stores: {},
    });
  });

  it("take no address for traces that nobody can send to", () => {
    assert.equal(
      readSettings("dev", { "slipway:traces": "http://collector.tracing:4318" }, KNOWN).traces,
      "http://collector.tracing:4318",
    );
    assert.throws(
      () => readSettings("dev", { "slipway:traces": "collector:4318" }, KNOWN),
      /slipway:traces: found "collector:4318", .*OTLP over HTTP.* Fix: write `slipway:traces: http:\/\/collector\.tracing:4318` below config in Pulumi\.dev\.yaml/,
    );
  });

  for (const [written, text] of [
    ["a word", "bank"],
    ["several words", "shop, bank"],
    ["a YAML list", '["shop","bank"]'],
  ] as const) {
    it(`take systems as ${written}`, () => {
      assert.deepEqual(
        readSettings("dev", { "slipway:system": text }, KNOWN).systems,
        text === "bank" ? ["bank"] : KNOWN,
      );
    });
  }

  it("take every system by one word in dev, and never in prod, where a new description would come by itself", () => {
    assert.deepEqual(readSettings("dev", { "slipway:system": "all" }, KNOWN).systems, KNOWN);
    assert.match(messageOf("prod", { "slipway:system": "all" }), /slipway:system: found "all", allowed: shop, bank\./);
    assert.match(messageOf("dev", { "slipway:system": "all, shop" }), /slipway:system: found "all"/);
  });

  it("keep the order in which systems are written, each once, whatever the order of their descriptions", () => {
    assert.deepEqual(readSettings("prod", { "slipway:system": "bank, shop, bank" }, KNOWN).systems, ["bank", "shop"]);
  });

  it("ignore the settings of others", () => {
    const config = { "slipway:system": "shop", "aws:region": "eu-central-1" };
    assert.equal(readSettings("prod", config, KNOWN).stage, "prod");
  });

  it("may hold what the policy pack reads, on every stage", () => {
    for (const stage of ["dev", "prod"])
      readSettings(stage, { "slipway:system": "shop", "slipway:policy": '{"tier":"critical"}' }, KNOWN);
  });

  it("report every problem at once: where, what was found, what is allowed, how to put it right", () => {
    const message = messageOf("staging", {
      "slipway:system": "shoop",
      "slipway:monitoring": "loud",
      "slipway:kubecontext": "x",
    });
    for (const part of [
      "slipway:stage: found nothing, allowed: dev, prod. Fix: write `slipway:stage: dev` below config in Pulumi.staging.yaml",
      'slipway:system: found "shoop", allowed: shop, bank, all. Fix: write `slipway:system: shop` below config in Pulumi.staging.yaml',
      'slipway:monitoring: found "loud", allowed: off, standard, lab',
      "slipway:kubecontext: found",
      "Fix: did you mean slipway:kubeContext? Write `slipway:kubeContext` instead of `slipway:kubecontext` in Pulumi.staging.yaml",
    ])
      assert.ok(message.includes(part), `${part}\nis not in\n${message}`);
  });

  it("give a stack of any name the stage that they name, with all that follows from it", () => {
    const config = { "slipway:stage": "prod", "slipway:system": "bank" };
    assert.equal(readSettings("prod-eu", config, KNOWN).stage, "prod");
    assert.equal(readSettings("pr-123", { "slipway:stage": "dev" }, KNOWN).stage, "dev");
    assert.match(messageOf("prod-eu", { "slipway:stage": "prod" }), /slipway:system: found nothing/);
    assert.match(messageOf("dev", { "slipway:stage": "prod", "slipway:system": "all" }), /found "all"/);
  });

  it("keep the settings of AWS in a file that names no stage or the wrong one, and say which stage reads them", () => {
    const staging: Record<string, string> = { ...ACCOUNT, "slipway:system": "bank" };
    for (const written of [staging, { ...staging, "slipway:stage": "dev" }]) {
      const message = messageOf("staging", written);
      assert.match(message, /Fix: write `slipway:stage: prod` below config in Pulumi\.staging\.yaml/);
      assert.doesNotMatch(message, /remove/);
      assert.equal(message.match(/: found /g)?.length, 1, message);
      assertFixable(written, (settings) => messageOf("staging", settings));
    }
  });

  it("are mended where they are written: in the repository, or beside it on this machine", () => {
    const committed = { "slipway:system": "shop", "slipway:monitoring": "loud" };
    const said = (own: Record<string, string>) =>
      messageOf("dev", { ...committed, ...own, "slipway:committed": JSON.stringify(committed) });
    assert.match(said({}), /Fix: write `slipway:monitoring: standard` below config in Pulumi\.dev\.yaml/);
    assert.match(said({ "slipway:monitoring": "quiet" }), /below config in \.slipway\/Pulumi\.dev\.yaml/);
  });

  for (const [what, stack, written] of [
    ["a word that is none", "dev", { "slipway:monitoring": "standart", "slipway:system": "bank,shoop" }],
    ["an address that is none", "dev", { "slipway:traces": "collector:4318" }],
    ["a key that is misspelt", "dev", { "slipway:kubecontext": "mine", "slipway:regist": "localhost:5000" }],
    ["a key that nobody reads", "dev", { "slipway:flavour": "sweet" }],
    ["an empty value", "dev", { "slipway:cluster": " " }],
    ["a registry that is missing", "dev", { "slipway:kubeContext": "mine" }],
    ["no system", "prod", {}],
    ["no stage", "staging", {}],
  ] as const)
    it(`are right once every fix that is named was made: ${what}`, () => {
      assert.notEqual(messageOf(stack, written), "");
      assertFixable(written, (settings) => messageOf(stack, settings));
    });

  it("name the stages there are where they name another", () => {
    assert.match(
      messageOf("staging", { "slipway:stage": "prood" }),
      /slipway:stage: found "prood", allowed: dev, prod\. Fix: write `slipway:stage: prod` below config in Pulumi\.staging\.yaml/,
    );
  });

  it("ask for a registry where images cannot be handed over directly", () => {
    assert.match(
      messageOf("dev", { "slipway:kubeContext": "k3d-mine" }),
      /slipway:registry: found nothing, allowed: a registry .* k3d-mine may pull from/,
    );
    assert.equal(messageOf("dev", { "slipway:kubeContext": "k3d-mine", "slipway:registry": "localhost:5000" }), "");
  });

  it("are shown as text where they are wrong, whatever is in them", () => {
    const message = messageOf("\u001b[2J", { "slipway:monitoring": `\u202e${"x".repeat(5000)}`, "slipway:a\nb": "" });
    assert.match(message, /stack "\\u001b\[2J"[^]*found "\\u202ex+… \(of 5001 characters\)", allowed: off/);
    assert.doesNotMatch(message, /[\u0000-\u0009\u000b-\u001f\u202e]/);
    assert.equal(message.split("\n").length, 4);
  });

  it("refuse a cluster whose files would lie elsewhere", () => {
    for (const name of ["../../x", "/etc", "__proto__", "a b", "a\n"])
      assert.throws(
        () => readSettings("dev", { "slipway:cluster": name }, ["shop"]),
        /slipway:cluster: found .*allowed: at most 20/s,
      );
  });

  it("refuse an empty value instead of guessing", () => {
    assert.match(messageOf("dev", { "slipway:cluster": " " }), /slipway:cluster: found "an empty value"/);
  });
});
