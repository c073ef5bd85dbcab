import assert from "node:assert/strict";
import { previewMarkdown, failureMarkdown } from "./markdown.ts";
import { planCollector, type PreviewPlan } from "./preview-plan.ts";
import { pulumiJson } from "./pulumi-json.ts";
import { previewText } from "./text.ts";

/** What somebody may call a resource or write into a value, with what each reader would make of it. */
const NAME =
  "a\u001b[2J\u009b\u202e\u200b\n::error::x\n##[error]y `` ` | [z](http://evil.example) </code><script>@everyone</details>";
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const COMMAND = /^\s*::[a-z].*::|##\[/im;

/** A plan in which everything that a person may name is called so. */
function planOf(name: string, count = 1): PreviewPlan {
  const { add, plan } = planCollector();
  const urn = (type: string, of: string) => `urn:pulumi:prod::slipway::${type}::${of}`;
  for (let index = 0; index < count; index += 1) {
    const own = `${name}${index}`;
    const parent = urn("slipway:workload:Microservice", own);
    add({
      resOutputsEvent: {
        metadata: { op: "create", urn: parent, type: parent.split("::")[2] ?? "", old: null, new: null },
      },
    });
    for (const [op, type] of [
      ["replace", "kubernetes:core/v1:PersistentVolumeClaim"],
      ["delete", "aws:rds/instance:Instance"],
      ["update", `kubernetes:${name}:X`],
    ] as const) {
      const state = (value: string) => ({
        type,
        urn: urn(type, own),
        id: own,
        parent,
        provider: "p::1",
        inputs: { [name]: value },
      });
      add({
        resOutputsEvent: {
          metadata: { op, urn: urn(type, own), type, old: state("x"), new: state(name), keys: [name], diffs: [name] },
        },
      });
    }
    for (const enforcementLevel of ["mandatory", "advisory"])
      add({ policyEvent: { policyName: own, policyPackName: own, enforcementLevel, message: own } });
    for (const severity of ["error", "warning"]) add({ diagnosticEvent: { severity, message: own } });
  }
  add({ policyLoadEvent: {}, summaryEvent: { durationSeconds: 1, resourceChanges: { [name]: 1 } } });
  return plan({ stack: name, planOnly: true, exitCode: 1 });
}

/** What is left of a comment without its code, spans and blocks. */
function outsideOfCode(shown: string): string {
  return shown
    .replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, "")
    .split("\n")
    .map((line) => line.replaceAll(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, ""))
    .join("\n");
}

describe("a plan of names that mean harm", () => {
  it("is only text on a terminal and in a log", () => {
    for (const verbose of [false, true]) {
      const shown = previewText(planOf(NAME), verbose);
      assert.match(shown, /a\\u001b\[2J\\u009b\\u202e/);
      assert.doesNotMatch(shown, UNSEEN);
      assert.doesNotMatch(shown, COMMAND);
    }
  });

  it("stays in the code of a comment, and calls nobody", () => {
    for (const shown of [previewMarkdown(planOf(NAME)), failureMarkdown(NAME, NAME)]) {
      assert.doesNotMatch(shown, UNSEEN);
      assert.doesNotMatch(shown, COMMAND);
      for (const harm of ["@everyone", "evil.example", "<script>", "</code>"])
        assert.ok(!outsideOfCode(shown).includes(harm), harm);
      assert.equal(shown.match(/^<details/gm)?.length, shown.match(/^<\/details>/gm)?.length);
      const cells = shown.split("\n").filter((line) => line.startsWith("|"));
      assert.ok(cells.every((line) => line.split("|").length === 7));
    }
  });

  it("is the same for programs, and nothing that a terminal obeys", () => {
    const shown = pulumiJson(planOf(NAME));
    assert.doesNotMatch(shown, UNSEEN);
    assert.doesNotMatch(shown, COMMAND);
    assert.ok((JSON.parse(shown) as { steps: { urn: string }[] }).steps.some(({ urn }) => urn.includes(NAME)));
  });

  it("fits into a comment, however long the names are", () => {
    for (const long of ["x".repeat(5000), "\u202e".repeat(5000), "`|".repeat(2500)])
      assert.ok(previewMarkdown(planOf(long, 400)).length < 65_000);
  });
});
