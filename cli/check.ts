import { parseArgs } from "node:util";
import { defineCommand } from "citty";
import { address } from "../policies/documentation/address.ts";
import { json } from "../policies/formats/json.ts";
import { markdown } from "../policies/formats/markdown.ts";
import { sarif } from "../policies/formats/sarif.ts";
import { text } from "../policies/formats/text.ts";
import { emptyInput, type Input } from "../policies/read/input.ts";
import { report, type Report } from "../policies/reporting/report.ts";
import { RULES } from "../policies/rules.ts";
import type { Tier } from "../policies/judging/rule.ts";
import { addPath } from "./checking/add-path.ts";
import { baselineIn, configurationIn } from "./checking/read-files.ts";
import { reasonOf } from "./checking/reason.ts";
import { runCases } from "./proving/cases.ts";
import { UserError } from "./terminal/user-error.ts";
import { complain, print, say } from "./terminal/say.ts";

const FORMATS = ["text", "json", "sarif", "markdown"];
const USAGE =
  "Usage: slipway check FILE… [--format text|json|sarif|markdown] [--tier critical|standard|dev] [--baseline FILE] [--namespace NAME] [--config FILE] [--github] [--all]; FILE may be a folder, or - for standard input.";
const OPTIONS = {
  format: { type: "string", default: "text" },
  tier: { type: "string" },
  baseline: { type: "string" },
  namespace: { type: "string" },
  config: { type: "string" },
  github: { type: "boolean", default: false },
  all: { type: "boolean", default: false },
} as const;

/** Judges manifests, plans and states without an engine. */
export const check = defineCommand({
  meta: { name: "check", description: "Judge Kubernetes manifests and Pulumi plans by the SLA checklist" },
  args: {
    file: { type: "positional", description: "YAML, JSON, a folder, or - for standard input", required: false },
    format: { type: "string", description: "text, json, sarif or markdown" },
    tier: { type: "string", description: "critical, standard or dev" },
    baseline: { type: "string", description: "Earlier JSON report: only what is new fails" },
    namespace: { type: "string", description: "Where objects go that name no namespace, as for kubectl" },
    config: { type: "string", description: "Policy configuration: facts, limits, levels, exemptions" },
    cases: { type: "boolean", description: "Files hold labelled cases: print how often the rules agree" },
    github: { type: "boolean", description: "SARIF for GitHub: leaves exempted findings out" },
    all: { type: "boolean", description: "Show passed and unknown answers too" },
  },
  run({ rawArgs }) {
    const args = rawArgs.filter((arg) => arg !== "--verbose");
    if (args.includes("--help") || args.includes("-h"))
      return say(`${USAGE}\nExit codes: 0 clean, 1 findings, 2 bad input. More: ${address("docs/policies.md")}`);
    process.exitCode = args.includes("--cases") ? runCases(args.filter((arg) => arg !== "--cases")) : runCheck(args);
  },
});

/** Runs the command and returns its exit code: 0 clean, 1 findings, 2 bad input. */
function runCheck(rawArgs: string[]): number {
  const { values, files } = parsed(rawArgs);
  const { configuration = {}, source } = values.config === undefined ? {} : configurationIn(values.config);
  const input = emptyInput(values.namespace);
  for (const file of files) addPath(input, file);
  if (input.resources.length === 0 && input.problems.length === 0)
    throw new UserError(
      `slipway check: no Kubernetes object and no Pulumi resource in ${files.join(", ")}${seen(input)}. ${USAGE}`,
    );
  const result = report({
    resources: input.resources,
    incomplete: input.problems.length > 0,
    rules: RULES,
    today: new Date(),
    baseline: new Set(values.baseline === undefined ? [] : baselineIn(values.baseline)),
    exemptions: configuration.exemptions ?? [],
    ...(source && { exemptionsIn: source }),
    settings: {
      tier: tierOf(values.tier ?? configuration.tier ?? "standard"),
      facts: configuration.facts ?? {},
      limits: configuration.limits ?? {},
      levels: configuration.levels ?? {},
    },
  });
  print(rendered(result, values.format, values));
  for (const problem of input.problems) complain(problem.message);
  for (const [what, count] of input.skipped) complain(`Skipped: ${count} × ${what}.`);
  if (input.problems.length > 0) return 2;
  const broken = result.unknown.some((doubt) => doubt.broken); // what a rule has not seen is not clean
  return broken || result.findings.some(({ level }) => level === "mandatory") ? 1 : 0;
}

function parsed(args: string[]): {
  values: {
    format: string;
    tier?: string;
    baseline?: string;
    namespace?: string;
    config?: string;
    github: boolean;
    all: boolean;
  };
  files: string[];
} {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (!FORMATS.includes(values.format))
      throw new UserError(`slipway check: --format ${values.format}: wanted ${FORMATS.join(", ")}.`);
    if (positionals.length > 0) return { values, files: positionals };
    if (process.stdin.isTTY) throw new UserError(`slipway check: no file given. ${USAGE}`);
    return { values, files: ["-"] };
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`slipway check: ${reasonOf(error)}. ${USAGE}`);
  }
}

function tierOf(tier: string): Tier {
  if (tier === "critical" || tier === "standard" || tier === "dev") return tier;
  throw new UserError(`slipway check: --tier ${tier}: wanted critical, standard or dev.`);
}

function rendered(result: Report, format: string, { github, all }: { github: boolean; all: boolean }): string {
  if (format === "json") return json(result);
  if (format === "sarif") return sarif(result, RULES, github);
  if (format === "markdown") return markdown(result);
  return text(result, { color: process.stdout.isTTY && !process.env["NO_COLOR"] && !process.env["CI"], full: all });
}

function seen({ skipped }: Input): string {
  return skipped.size === 0 ? "" : `: ${[...skipped].map(([what, count]) => `${count} × ${what}`).join(", ")}`;
}
