/** The policy configuration: one shape for the command line, the stack settings and the pack. */

import { own } from "../../model/harmless/own.ts";
import { visible } from "../../model/harmless/visible.ts";
import type { Exemption } from "./exemptions.ts";
import type { Facts } from "../resources/facts.ts";
import type { Level, Rule, Tier } from "../judging/rule.ts";

export interface Configuration {
  readonly tier?: Tier;
  readonly facts?: Facts;
  readonly limits?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly levels?: Readonly<Record<string, Level>>;
  readonly exemptions?: readonly Exemption[];
}

/** Every problem of a configuration, each with its path. */
export class InvalidConfiguration extends Error {
  readonly problems: readonly string[];

  constructor(where: string, problems: readonly string[]) {
    super(problems.map((problem) => visible(`${where}: ${problem}`)).join("\n"));
    this.problems = problems;
    this.stack = this.message; // the engine prints the stack, and where our code noticed it helps nobody
  }
}

const TIERS: readonly string[] = ["critical", "standard", "dev"];
const LEVELS: readonly string[] = ["mandatory", "advisory", "disabled"];
const FACTS: Readonly<Record<keyof Facts, string>> = {
  zones: "a whole number",
  nodeTypes: "an object",
  maxConnections: "a whole number",
  brokers: "a whole number",
  scrapeAnnotations: "true or false",
  today: "a day such as 2026-12-31",
  existing: "a list of names",
};

/** A configuration from parsed YAML or JSON; throws InvalidConfiguration with all problems at once. */
export function readConfiguration(value: unknown, where: string, rules: readonly Rule[]): Configuration {
  if (value === undefined || value === null) return {};
  if (!isObject(value))
    throw new InvalidConfiguration(where, [
      `found ${describe(value)}, wanted an object with tier, facts, limits, levels and exemptions`,
    ]);
  const problems = [
    ...unknownKeys(value, ["tier", "facts", "limits", "levels", "exemptions"], ""),
    ...(value["tier"] === undefined || TIERS.some((tier) => tier === value["tier"])
      ? []
      : [`tier: found ${describe(value["tier"])}, wanted ${TIERS.join(", ")}`]),
    ...factProblems(value["facts"]),
    ...limitProblems(value["limits"], rules),
    ...levelProblems(value["levels"], rules),
    ...exemptionProblems(value["exemptions"]),
  ];
  if (problems.length > 0) throw new InvalidConfiguration(where, problems);
  return value as Configuration;
}

function factProblems(facts: unknown): string[] {
  if (facts === undefined) return [];
  if (!isObject(facts)) return [`facts: found ${describe(facts)}, wanted an object`];
  const wrong = Object.entries(FACTS).filter(([name, wanted]) => facts[name] !== undefined && !is(facts[name], wanted));
  return [
    ...unknownKeys(facts, Object.keys(FACTS), "facts."),
    ...wrong.map(([name, wanted]) => `facts.${name}: found ${describe(facts[name])}, wanted ${wanted}`),
  ];
}

function limitProblems(limits: unknown, rules: readonly Rule[]): string[] {
  if (limits === undefined) return [];
  if (!isObject(limits)) return [`limits: found ${describe(limits)}, wanted an object of rules`];
  return Object.entries(limits).flatMap(([id, changed]) => {
    const rule = rules.find((one) => one.id === id);
    if (!rule)
      return [
        `limits.${id}: no such rule${nearest(
          id,
          rules.map((one) => one.id),
        )}`,
      ];
    if (!isObject(changed)) return [`limits.${id}: found ${describe(changed)}, wanted an object`];
    return Object.entries(changed).flatMap(([name, given]) => {
      const limit = own(rule.limits ?? {}, name);
      if (!limit)
        return [
          `limits.${id}.${name}: no such limit; ${id} has ${Object.keys(rule.limits ?? {}).join(", ") || "none"}`,
        ];
      const sample = limit.values.standard;
      return typeof given === typeof sample && Array.isArray(given) === Array.isArray(sample)
        ? []
        : [
            `limits.${id}.${name}: found ${describe(given)}, wanted ${Array.isArray(sample) ? "a list" : `a ${typeof sample}`}, ${limit.about}`,
          ];
    });
  });
}

function levelProblems(levels: unknown, rules: readonly Rule[]): string[] {
  if (levels === undefined) return [];
  if (!isObject(levels)) return [`levels: found ${describe(levels)}, wanted an object of rules`];
  return Object.entries(levels).flatMap(([id, level]) => {
    const rule = rules.find((one) => one.id === id);
    if (!rule)
      return [
        `levels.${id}: no such rule${nearest(
          id,
          rules.map((one) => one.id),
        )}`,
      ];
    if (!LEVELS.some((one) => one === level))
      return [`levels.${id}: found ${describe(level)}, wanted ${LEVELS.join(", ")}`];
    return rule.strict && level !== "mandatory"
      ? [`levels.${id}: found ${describe(level)}, and this rule is always mandatory`]
      : [];
  });
}

function exemptionProblems(exemptions: unknown): string[] {
  if (exemptions === undefined) return [];
  if (!Array.isArray(exemptions)) return [`exemptions: found ${describe(exemptions)}, wanted a list`];
  return exemptions.flatMap((one: unknown, index) => {
    const at = `exemptions[${index}]`;
    if (!isObject(one)) return [`${at}: found ${describe(one)}, wanted an object`];
    const blank = ["rule", "reason", "owner", "expires"].filter(
      (name) => typeof one[name] !== "string" || one[name] === "",
    );
    const place = typeof one["resource"] === "string" || typeof one["namespace"] === "string";
    const date = typeof one["expires"] === "string" && isDate(one["expires"]);
    return [
      ...blank.map(
        (name) => `${at}.${name}: ${one[name] === undefined ? "not set" : `found ${describe(one[name])}`}, wanted text`,
      ),
      ...(place ? [] : [`${at}: neither resource nor namespace, wanted a glob such as Deployment/shop/*`]),
      ...(blank.includes("expires") || date
        ? []
        : [`${at}.expires: found ${describe(one["expires"])}, wanted a date such as 2027-03-31`]),
      ...unknownKeys(one, ["rule", "resource", "namespace", "reason", "owner", "expires", "ticket"], `${at}.`),
    ];
  });
}

/** A day that the calendar has: Date.parse takes 30 February for 2 March. */
function isDate(text: string): boolean {
  const day = Date.parse(text);
  return !Number.isNaN(day) && new Date(day).toISOString().slice(0, 10) === text;
}

function unknownKeys(value: Readonly<Record<string, unknown>>, allowed: readonly string[], at: string): string[] {
  return Object.keys(value)
    .filter((key) => !allowed.includes(key))
    .map((key) => `${at}${key}: no such setting${nearest(key, allowed)}`);
}

function nearest(word: string, words: readonly string[]): string {
  const near = words.find((other) => other.startsWith(word.slice(0, 4)) || word.startsWith(other.slice(0, 4)));
  return near ? ` (did you mean ${near}?)` : "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function is(value: unknown, wanted: string): boolean {
  if (wanted === "a whole number") return Number.isInteger(value) && Number(value) >= 0;
  if (wanted === "true or false") return typeof value === "boolean";
  if (wanted === FACTS.today) return typeof value === "string" && isDate(value);
  return wanted === "an object"
    ? isObject(value)
    : Array.isArray(value) && value.every((one) => typeof one === "string");
}

function describe(value: unknown): string {
  return typeof value === "string"
    ? `"${value}"`
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object" && value !== null
        ? "an object"
        : String(value);
}
