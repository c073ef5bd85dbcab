import { visible } from "../../../model/harmless/visible.ts";
import { misspelt, removeSetting, renameSetting, writeSetting } from "../../../model/setting-fix.ts";
import { InvalidSettings, type Problem, type Reader } from "./setting.ts";

/** Characters of a value that are shown. */
const SHOWN = 200;

/** Reads the stack's configuration and remembers every fault, so that all of them are told at once. */
export class SettingReader implements Reader {
  readonly #config: Readonly<Record<string, string>>;
  readonly #file: string;
  readonly #problems: Problem[] = [];
  readonly #read = new Set<string>();

  /** `file` is where the settings are written. */
  constructor(config: Readonly<Record<string, string>>, file: string) {
    this.#config = config;
    this.#file = file;
  }

  value(key: string): string | undefined {
    this.#read.add(key);
    const found = this.#config[key]?.trim();
    return found === "" ? undefined : found;
  }

  /** A YAML list arrives as JSON; a word or several with commas may be typed too. */
  list(key: string): string[] {
    const found = this.value(key) ?? "";
    return found
      .replaceAll(/[[\]"]/g, "")
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "");
  }

  report(problem: Problem): void {
    this.#problems.push(problem);
  }

  /** A misspelt key, or one without meaning beside the others, would be a default that nobody wanted. `others` are read elsewhere; `conditions` say when a key has a meaning. */
  reportUnread(others: readonly string[], conditions: Readonly<Record<string, string>>): void {
    const known = [...this.#read, ...others].toSorted();
    for (const key of Object.keys(this.#config).filter(
      (name) => /^(slipway|aws):/.test(name) && !known.includes(name),
    )) {
      const found = "a setting nobody reads";
      const condition = conditions[key];
      if (condition !== undefined) this.report({ key, found, allowed: condition, meant: null });
      else
        this.report({
          key,
          found,
          allowed: known.join(", "),
          meant: misspelt(key, [...known, ...Object.keys(conditions)], this.#config),
        });
    }
  }

  assertNothingWrong(): void {
    if (this.#problems.length === 0) return;
    const lines = this.#problems.map((problem) => {
      const { key, found, allowed } = problem;
      const fix = fixOf(problem, this.#file);
      return `  ${visible(key)}: found ${found === "" ? "nothing" : `"${visible(found, SHOWN)}"`}, allowed: ${allowed}. Fix: ${visible(fix)}`;
    });
    const head = "this stack cannot be deployed to AWS as it is configured; nothing was created:";
    throw new InvalidSettings([head, ...lines].join("\n"), this.#problems);
  }
}

function fixOf(problem: Problem, file: string): string {
  if ("fix" in problem) return problem.fix;
  if ("example" in problem) return writeSetting(file, problem.key, problem.example) + (problem.hint ?? "");
  return problem.meant === null ? removeSetting(file, problem.key) : renameSetting(file, problem.key, problem.meant);
}
