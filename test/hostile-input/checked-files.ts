import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import { baselineIn, configurationIn } from "../../cli/checking/read-files.ts";
import { runCases } from "../../cli/proving/cases.ts";
import { json } from "../../policies/formats/json.ts";
import { markdown } from "../../policies/formats/markdown.ts";
import { sarif } from "../../policies/formats/sarif.ts";
import { text } from "../../policies/formats/text.ts";
import { addText, emptyInput } from "../../policies/read/input.ts";
import { report, type Report } from "../../policies/reporting/report.ts";
import { RULES } from "../../policies/rules.ts";
import { goodSystem } from "../../policies/testing/good-system.ts";
import type { Reader } from "./reader.ts";

const SYSTEM = goodSystem().filter(({ kind }) => typeof kind === "string");
const EXEMPTION = { rule: "autoscaler-floor", namespace: "shop", reason: "quiet", owner: "o", expires: "2027-12-31" };
const URN = "urn:pulumi:prod::shop::aws:rds/instance:Instance::db";
const STATE = { urn: URN, type: "aws:rds/instance:Instance", inputs: { engine: "mariadb" }, outputs: {}, id: "db" };

/** What `slipway check` reads. */
export const checkedFiles: readonly Reader[] = [
  { name: "manifests in YAML", samples: [SYSTEM], written: yaml, read: (words) => checked(words, "a\u001b[2J.yaml") },
  { name: "manifests in JSON", samples: [SYSTEM], read: (words) => checked(words, "../../a\u202e.json") },
  {
    name: "plans and states of the engine",
    samples: [
      { steps: [{ op: "create", urn: URN, newState: STATE }] },
      { deployment: { resources: [STATE] } },
      { resourcePlans: { [URN]: { goal: { type: STATE.type, inputDiff: { adds: STATE.inputs } } } } },
      { events: [{ resourcePreEvent: { metadata: { op: "create", urn: URN, type: STATE.type, new: STATE } } }] },
    ],
    read: (words) => checked(words, "plan.json"),
  },
  {
    name: "the policy configuration",
    samples: [
      {
        tier: "critical",
        facts: { zones: 3, existing: ["a"], nodeTypes: {} },
        limits: { "autoscaler-floor": { floor: 2 } },
        levels: { "autoscaler-floor": "advisory" },
        exemptions: [EXEMPTION],
      },
    ],
    written: yaml,
    read: (words) => inFile(words, (file) => JSON.stringify(Object.keys(configurationIn(file)))),
  },
  {
    name: "an earlier report",
    samples: [{ findings: [{ fingerprint: "a" }], known: [] }],
    read: (words) => inFile(words, (file) => String(baselineIn(file).length)),
  },
  {
    name: "labelled cases",
    samples: [
      {
        id: "a",
        check: "single-replica",
        verdict: "bad",
        params: {},
        subject: { kind: "Deployment" },
        resources: SYSTEM,
      },
    ],
    read: (words) => inFile(words.replaceAll("\n", " "), (file) => printedBy(() => runCases([file]))),
  },
];

function yaml(input: unknown): string {
  return Array.isArray(input) ? input.map((one) => dump(one)).join("---\n") : dump(input);
}

/** Everything that `slipway check` prints of a file, in every format. */
function checked(words: string, file: string): string {
  const input = emptyInput();
  addText(input, words, file);
  const settings = { tier: "standard", facts: {} } as const;
  const order = { resources: input.resources, rules: RULES, settings, exemptions: [], today: new Date("2026-12-01") };
  const found = withoutEngineWords(report({ ...order, baseline: new Set() }));
  return [
    text(found, { color: false, full: true }),
    markdown(found),
    sarif(found, RULES, false),
    json(found),
    ...input.problems.map(({ message }) => message),
  ].join("\n");
}

/** A rule that falls over says what the language says, for who mends the rule; that it did is told apart from what is wrong with the input. */
function withoutEngineWords(found: Report): Report {
  return {
    ...found,
    unknown: found.unknown.map((doubt) => (doubt.broken ? { ...doubt, reason: "fell over" } : doubt)),
  };
}

function inFile(words: string, read: (file: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-hostile-"));
  try {
    const file = join(folder, "file");
    writeFileSync(file, words);
    return read(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function printedBy(work: () => unknown): string {
  const { write } = process.stdout;
  let printed = "";
  process.stdout.write = ((words: string) => (printed += words) !== "") as typeof write;
  try {
    work();
    return printed;
  } finally {
    process.stdout.write = write;
  }
}
