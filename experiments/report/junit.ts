import { html } from "../../model/harmless/html.ts";
import type { ProofReport, Report } from "./report.ts";

/** The report as JUnit XML: one case an experiment; what was not run or shows nothing is skipped or an error, never passed. */
export function junit({ circumstances, proofs }: Report): string {
  const count = (verdict: string) => proofs.filter((proof) => proof.verdict === verdict).length;
  const counts = `tests="${proofs.length}" failures="${count("fail")}" errors="${count("invalid")}" skipped="${count("not runnable")}"`;
  const name = `name="slipway prove ${html(circumstances.system)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${name} ${counts}>`,
    `  <testsuite ${name} ${counts} timestamp="${html(circumstances.startedAt)}">`,
    ...proofs.map((proof) => testcase(circumstances.system, proof)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testcase(system: string, { id, title, verdict, reason, runs }: ProofReport): string {
  const seconds = runs.reduce((sum, { generator }) => sum + generator.elapsedSeconds, 0);
  const open = `    <testcase classname="${html(system)}" name="${html(`${id} ${title}`)}" time="${seconds.toFixed(1)}">`;
  const message = `message="${html(reason)}"`;
  const told = {
    pass: "",
    fail: `<failure ${message}/>`,
    invalid: `<error ${message}/>`,
    "not runnable": `<skipped ${message}/>`,
  }[verdict];
  return `${open}${told}</testcase>`;
}
