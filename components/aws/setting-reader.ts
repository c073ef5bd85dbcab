import type { Problem, Reader } from "./setting.ts";

/** Reads the stack's configuration and remembers every fault, so that all of them are told at once. */
export class SettingReader implements Reader {
  readonly #config: Readonly<Record<string, string>>;
  readonly #problems: Problem[] = [];
  readonly #read = new Set<string>();

  constructor(config: Readonly<Record<string, string>>) {
    this.#config = config;
  }

  value(key: string): string | undefined {
    this.#read.add(key);
    const found = this.#config[key]?.trim();
    return found === "" ? undefined : found;
  }

  /** A YAML list arrives as JSON; a word or several with commas may be typed too. */
  list(key: string): string[] {
    const found = this.value(key) ?? "";
    return found.replaceAll(/[[\]"]/g, "").split(",").map((item) => item.trim()).filter((item) => item !== "");
  }

  report(problem: Problem): void {
    this.#problems.push(problem);
  }

  /** A misspelt key would otherwise be a default that nobody wanted. `others` are read elsewhere. */
  reportUnread(others: readonly string[]): void {
    for (const key of Object.keys(this.#config).filter((name) => name.startsWith("slipway:") && !this.#read.has(name))) {
      if (!others.includes(key)) this.#problems.push({ key, found: "a setting nobody reads", allowed: [...this.#read].toSorted().join(", "), example: "(remove it with `pulumi config rm`)" });
    }
  }

  assertNothingWrong(): void {
    if (this.#problems.length === 0) return;
    const lines = this.#problems.map(({ key, found, allowed, example }) =>
      `  ${key}: found ${found === "" ? "nothing" : `"${found}"`}, allowed: ${allowed}. Fix: pulumi config set ${key} ${example} -s prod`);
    throw new Error([`this stack cannot be deployed to AWS as it is configured; nothing was created:`, ...lines].join("\n"));
  }
}
