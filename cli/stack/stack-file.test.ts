import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { standardProgress } from "../../toolchain/machine/progress.ts";
import { UserError } from "../terminal/user-error.ts";
import { planOnlyPreview } from "../preview/plan-only.ts";
import { readStackFile } from "./stack-file.ts";

/** What a preview says of the file, before any engine is asked. */
async function refusal(text: string): Promise<UserError> {
  const project = mkdtempSync(join(tmpdir(), "slipway-stack-file-"));
  try {
    writeFileSync(join(project, "Pulumi.prod.yaml"), text);
    await planOnlyPreview({ stack: "prod", policies: false, recorded: null, project }, standardProgress(false));
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  } finally {
    rmSync(project, { recursive: true });
  }
  return assert.fail("the file was taken");
}

describe("a preview of settings that cannot be read", () => {
  const files: readonly (readonly [what: string, text: string, said: RegExp])[] = [
    [
      "a bracket that is left open",
      "config:\n  slipway:adminRoles: [a\n  aws:region: eu-central-1\n",
      /Pulumi\.prod\.yaml:3: found "aws:region: eu-central-1" \(Flow sequence[^\n]* end with a \]\), allowed: YAML[^\n]+ Fix: put line 3 right/,
    ],
    [
      "a tab",
      "config:\n\taws:region: eu-central-1\n",
      /Pulumi\.prod\.yaml:2: found "aws:region: eu-central-1" \(Tabs are not allowed as indentation\), allowed: YAML: spaces/,
    ],
    [
      "a key that stands twice",
      "config:\n  aws:region: eu-central-1\n  aws:region: eu-west-1\n",
      /Pulumi\.prod\.yaml:3: found "aws:region: eu-west-1" \(Map keys must be unique\), allowed: .*each key once/,
    ],
    ["nothing", "\n", /Pulumi\.prod\.yaml: found nothing, allowed: `config:` and [^\n]+ Fix: write `config:` into it/],
    ["nothing but a comment", "# later\n", /Pulumi\.prod\.yaml: found nothing/],
    [
      "a word instead of settings",
      "config: hello\n",
      /Pulumi\.prod\.yaml:1: found "config: hello", which is no map of settings, allowed: `config:` and [^\n]+ Fix: write each setting as `key: value`/,
    ],
    ["a list of settings", "config:\n  - aws:region\n", /Pulumi\.prod\.yaml:2: found "- aws:region", which/],
    ["a word alone", "hello\n", /Pulumi\.prod\.yaml:1: found "hello", which/],
    [
      "an account id whose zero YAML would drop",
      "config:\n  slipway:accountId: 012345678901\n",
      /Pulumi\.prod\.yaml:2: found slipway:accountId: 012345678901 without quotes, which YAML takes for the number 12345678901, allowed: text in quotes, as account ids [^\n]+ Fix: write "012345678901"$/,
    ],
    [
      "a sign that has a meaning",
      "config:\n  slipway:domain: *.example.com\n",
      /Pulumi\.prod\.yaml:2: found slipway:domain: \*\.example\.com without quotes, [^\n]+ Fix: write "\*\.example\.com"$/,
    ],
  ];
  for (const [what, text, said] of files) {
    it(`names the file, its line, what is allowed and the next step for ${what}`, async () => {
      const { message, exitCode } = await refusal(text);
      assert.match(message, said);
      assert.equal(exitCode, 2);
    });
  }

  it("lists all values that are not what they look like", async () => {
    const { message } = await refusal(
      "config:\n  slipway:accountId: 012345678901\n  slipway:peerCidrs: [*a]\n  slipway:mariadbVersion: 11.40\n",
    );
    assert.deepEqual(message.match(/yaml:\d/g), ["yaml:2", "yaml:3", "yaml:4"]);
  });

  it("is none where the settings are numbers, texts, lists or left out", () => {
    assert.deepEqual(readStackFile("Pulumi.prod.yaml", 'config:\n  a: 3\n  b: "012"\n  c: 1.35\n  d: [x, y]\n'), {
      a: 3,
      b: "012",
      c: 1.35,
      d: ["x", "y"],
    });
    assert.deepEqual(readStackFile("Pulumi.prod.yaml", "config:\n"), {});
    assert.deepEqual(readStackFile("Pulumi.dev.yaml", "encryptionsalt: v1:x\n"), {});
  });
});
