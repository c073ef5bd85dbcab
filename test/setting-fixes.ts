import assert from "node:assert/strict";
import { parse } from "yaml";

type Config = Readonly<Record<string, string>>;

/** One line of a message: `  slipway:brokers: found "4", allowed: …. Fix: …`. */
const FAULT = /^ {2}(?<fault>\S+: found .*) Fix: (?<fix>.*)$/gm;
const WRITTEN =
  /`(?<line>[a-z]+:[\w-]+: [^`]+)` below config in (?<file>\.slipway\/)?Pulumi\.[\w-]+\.yaml|such as `(?<such>[a-z]+:\w+: [^`]+)`/;
const RENAMED = /^did you mean (?<meant>\S+)\? Write `\k<meant>` instead of `(?<wrong>[^`]+)` in \S+\.yaml$/;
const REMOVED = /^remove `(?<key>[^`]+)` from \S+\.yaml$/;
/** A fix may bring to light what was hidden behind it. */
const ROUNDS = 4;

/** Does what a fix says to the settings; null where something else has to be done. */
function applied(config: Config, fix: string): Config | null {
  const { line, such } = WRITTEN.exec(fix)?.groups ?? {};
  const written = line ?? such;
  if (written !== undefined) return { ...config, ...engineReads(written) };
  const { meant, wrong } = RENAMED.exec(fix)?.groups ?? {};
  if (meant !== undefined && wrong !== undefined) {
    const { [wrong]: value = "", ...others } = config;
    return { [meant]: value, ...others };
  }
  const { key } = REMOVED.exec(fix)?.groups ?? {};
  return key === undefined ? null : Object.fromEntries(Object.entries(config).filter(([name]) => name !== key));
}

/** A line of a settings file as the engine hands it over: text, or JSON of what is none. */
function engineReads(line: string): Config {
  const read = parse(line) as Readonly<Record<string, unknown>>;
  for (const [key, value] of Object.entries(read))
    assert.equal(typeof value, "string", `${key} is no text in "${line}"`);
  return read as Config;
}

/**
 * Applies every fix that a refusal of settings names, again and again as a person would, and proves that each fault is gone
 * and in the end nothing is wrong. Fixes in a description are left alone, and so is what only they put right.
 */
export function assertFixable(config: Config, faultsOf: (config: Config) => string): void {
  let settings = config;
  const seen: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const faults = [...faultsOf(settings).matchAll(FAULT)].map(({ groups: { fault = "", fix = "" } = {} }) => ({
      fault,
      fix,
    }));
    for (const { fault } of faults) assert.ok(!seen.includes(fault), `its fix left it: ${fault}`);
    const mended = faults.filter(({ fix }) => applied(settings, fix) !== null);
    for (const { fault, fix } of faults)
      assert.ok(
        mended.some((other) => other.fault === fault) || fix.includes("description") || fix.includes("systems/"),
        `cannot be applied: ${fix}`,
      );
    seen.push(...mended.map(({ fault }) => fault));
    for (const { fix } of mended) settings = applied(settings, fix) ?? settings;
    if (mended.length === 0) return;
  }
  assert.fail(`still wrong: ${faultsOf(settings)}`);
}
