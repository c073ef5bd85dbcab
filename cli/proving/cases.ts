/** `npm run cases -- FILE…`: how often the rules agree with labelled cases. */

import { readFileSync } from "node:fs";
import { answer, type Case, type Outcome } from "../../policies/cases/cases.ts";
import { UserError } from "../terminal/user-error.ts";
import { say } from "../terminal/say.ts";

/** Runs the labelled cases of files and returns the exit code: 0 all right, 1 wrong answers. */
export function runCases(files: readonly string[]): 0 | 1 {
  if (files.length === 0) throw new UserError("cases: no file given. Usage: npm run cases -- FILE.jsonl …");
  const wrong = files.map((file) => report(file, read(file).map(answer)));
  return wrong.some((count) => count > 0) ? 1 : 0;
}

function read(file: string): Case[] {
  return linesOf(file).map(({ text, at }) => {
    const value = parsed(text, at) as Partial<Case> | null;
    if (
      typeof value?.check !== "string" ||
      (value.verdict !== "good" && value.verdict !== "bad") ||
      !Array.isArray(value.resources) ||
      ![value.params ?? {}, value.subject ?? {}].every(isObject)
    )
      throw new UserError(
        `cases: ${at}: found ${text.slice(0, 60)}, wanted a case with id, check, verdict (good or bad) and resources`,
      );
    return value as Case;
  });
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function linesOf(file: string): { readonly text: string; readonly at: string }[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .map((text, index) => ({ text, at: `${file}:${index + 1}` }))
      .filter(({ text }) => text.trim() !== "");
  } catch (error) {
    throw new UserError(`cases: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parsed(text: string, at: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(
      `cases: ${at}: ${error instanceof Error ? error.message : String(error)}. Each line must be one case as JSON.`,
    );
  }
}

/** Prints one file's table and returns how many cases that count are wrong. */
function report(file: string, outcomes: readonly Outcome[]): number {
  say(`\n${file}`);
  say(row(["check", "cases", "accuracy", "recall", "precision", "wrong"]));
  for (const [check, group] of [...Map.groupBy(outcomes, (outcome) => outcome.case.check)].sort(([a], [b]) =>
    a.localeCompare(b),
  ))
    say(line(check, group));
  say(line("in all", outcomes));
  const failures = outcomes.filter((outcome) => (outcome.case.partial ? outcome.answer === "broken" : !right(outcome))); // a partial case may be misjudged, but not crash
  for (const {
    case: { id, verdict },
    answer: given,
    findings,
    doubts,
  } of failures) {
    say(
      `  ${id}: labelled ${verdict}, answered ${given}${findings[0] ? ` (${findings[0].rule.id} ${findings[0].path}: ${findings[0].found}, wanted ${findings[0].wanted})` : ""}${doubts[0] ? ` [${doubts[0]}]` : ""}`,
    );
  }
  if (process.env["VERBOSE"] === "1")
    for (const {
      case: { id },
      doubts,
    } of outcomes)
      if (doubts.length > 0) say(`  ${id}: unknown: ${doubts.join("; ")}`);
  return failures.length;
}

function right({ case: { verdict }, answer: given }: Outcome): boolean {
  return given === verdict;
}

function line(name: string, outcomes: readonly Outcome[]): string {
  const counted = outcomes.filter(({ case: { partial } }) => !partial);
  const bad = counted.filter(({ case: { verdict } }) => verdict === "bad");
  const called = counted.filter((outcome) => outcome.answer === "bad");
  const hits = bad.filter((outcome) => outcome.answer === "bad").length;
  const missed = counted.filter((outcome) => !right(outcome)).map((outcome) => outcome.case.id);
  const partial = outcomes.length - counted.length;
  return row([
    name,
    `${counted.length}${partial ? `+${partial} partial` : ""}`,
    percent(counted.length - missed.length, counted.length),
    percent(hits, bad.length),
    percent(hits, called.length),
    missed.join(", "),
  ]);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${Math.round((part / whole) * 1000) / 10} %`;
}

function row([name = "", ...cells]: readonly string[]): string {
  return (
    name.padEnd(36) + cells.map((cell, index) => (index === cells.length - 1 ? cell : cell.padStart(14))).join("  ")
  );
}
