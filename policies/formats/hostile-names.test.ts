import assert from "node:assert/strict";
import { addText, emptyInput } from "../read/input.ts";
import { report, type Report } from "../reporting/report.ts";
import { RULES } from "../rules.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** What a stranger may call a resource, a container or a file, with what each reader would make of it. */
const NAME =
  "a\u001b[2J\u009b\u202e\u200b\n::error::x\n##[error]y `` ` | [z](http://evil.example) </code><script>@everyone</details>";
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const COMMAND = /^\s*::[a-z].*::|##\[/im;

/** Every finding is also exempt, in the baseline or a doubt in one of them, so that each list of a format is shown. */
function reports(): Report[] {
  const input = emptyInput();
  const container = { name: NAME, image: `${NAME}:latest`, env: [{ name: "A", value: NAME }] };
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: NAME, namespace: NAME, labels: { app: NAME } },
    spec: {
      replicas: NAME,
      selector: { matchLabels: { app: NAME } },
      template: { metadata: { labels: { app: NAME } }, spec: { containers: [container] } },
    },
  };
  addText(input, JSON.stringify([deployment, { ...deployment, kind: NAME }]), `${NAME}.json`);
  const order = {
    resources: input.resources,
    rules: RULES,
    settings: { tier: "standard", facts: {} },
    baseline: new Set<string>(),
    today: new Date("2026-12-01"),
    exemptions: [],
  } as const;
  const exemptions = RULES.map(({ id: rule }) => ({
    rule,
    namespace: "*",
    reason: NAME,
    owner: NAME,
    expires: "2027-06-30",
  }));
  const plain = report(order);
  return [plain, report({ ...order, exemptions }), { ...plain, findings: [], known: plain.findings }];
}

describe("names that mean harm", () => {
  const found = reports();
  const everywhere = (format: (report: Report) => string, hold: (shown: string) => void) =>
    found.forEach((one) => hold(format(one)));

  it("are only text on a terminal and in a log", () =>
    everywhere(
      (one) => text(one, { color: false, full: true }),
      (shown) => {
        assert.match(shown, /a\\u009b\\u202e|a\\u001b\[2J\\u009b/);
        assert.doesNotMatch(shown, UNSEEN);
        assert.doesNotMatch(shown, COMMAND);
      },
    ));

  it("stay in the code spans of a comment, and call nobody", () =>
    everywhere(markdown, (shown) => {
      assert.doesNotMatch(shown, UNSEEN);
      assert.doesNotMatch(shown, COMMAND);
      const outside = shown
        .split("\n")
        .map((line) => line.replaceAll(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, ""))
        .join("\n");
      for (const harm of ["@everyone", "evil.example", "<script>", "</code>"]) assert.ok(!outside.includes(harm), harm);
      const cells = shown.split("\n").filter((line) => line.startsWith("|"));
      assert.ok(cells.every((line) => [6, 8].includes(line.split("|").length - 2)));
    }));

  it("are no link, no command and whole in SARIF and JSON", () => {
    everywhere(
      (one) => sarif(one, RULES, false),
      (shown) => {
        assert.doesNotMatch(shown, UNSEEN);
        assert.doesNotMatch(shown, COMMAND);
        const [run] = (JSON.parse(shown) as { runs: { results: { message: { text: string } }[] }[] }).runs;
        for (const { message } of run?.results ?? []) assert.doesNotMatch(message.text, /\]\(/);
      },
    );
    everywhere(json, (shown) => {
      assert.doesNotMatch(shown, UNSEEN);
      assert.doesNotMatch(shown, COMMAND);
    });
    const [first] = (JSON.parse(json(found[0] as Report)) as { findings: { resource: string }[] }).findings;
    assert.ok(first?.resource.includes(NAME), "programs get the name as it is");
  });

  it("lead to a file whatever it is called", () => {
    const shown = sarif(found[0] as Report, RULES, false);
    const uri = /"uri": "([^"]+)"/.exec(shown)?.[1] ?? "";
    assert.match(uri, /^[\w%.~/()-]+$/);
    assert.equal(decodeURIComponent(uri), `${NAME}.json`);
  });
});
