/** The configuration of Alertmanager, read as Alertmanager reads it. */

import { createRequire } from "node:module";
import { fullMatch } from "../../resources/re2.ts";
import { plainObject } from "../../resources/resource.ts";

export interface Route {
  readonly receiver?: string;
  readonly repeat_interval?: string;
  readonly matchers?: unknown;
  readonly match?: object;
  readonly match_re?: object;
  readonly routes?: readonly Route[];
  readonly mute_time_intervals?: readonly string[];
  readonly active_time_intervals?: readonly string[];
}
export interface Mail {
  readonly send_resolved?: boolean;
  readonly auth_password?: string;
  readonly require_tls?: boolean;
}
interface Named {
  readonly name?: string;
}
export interface Inhibition {
  readonly equal?: readonly string[];
  readonly source_matchers?: unknown;
  readonly target_matchers?: unknown;
  readonly source_match?: object;
  readonly target_match?: object;
  readonly source_match_re?: object;
  readonly target_match_re?: object;
}
export interface AlertmanagerConfig {
  readonly global?: { readonly smtp_auth_password?: string; readonly smtp_require_tls?: boolean };
  readonly route?: Route;
  readonly receivers?: readonly (Named & { readonly email_configs?: readonly Mail[] })[];
  readonly inhibit_rules?: readonly Inhibition[];
  readonly time_intervals?: readonly Named[];
  readonly mute_time_intervals?: readonly Named[];
}

/** The configuration in a text, or why it cannot be read. */
export function readAlertmanager(text: string): AlertmanagerConfig | string {
  const { load } = createRequire(import.meta.url)("js-yaml") as { load: (text: string) => unknown }; // loaded only where such a file is
  try {
    return plainObject<AlertmanagerConfig>(load(text));
  } catch (error) {
    return String((error as { readonly reason?: string }).reason ?? "no YAML");
  }
}

/** Every route below and including one, with the words that lead to it. */
export function* routesOf(route: Route, path = "route"): Iterable<{ readonly route: Route; readonly path: string }> {
  yield { route, path };
  for (const [index, inner] of listOf<Route>(route.routes).entries())
    yield* routesOf(inner, `${path}.routes[${index}]`);
}

/** Items of a list that are objects; nothing of whatever else stands there. */
export function listOf<T extends object>(list: readonly T[] | undefined): readonly T[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "object" && item !== null) : [];
}

interface Condition {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** True when an alert may be on both sides of an inhibition: some label is asked for on both, and none keeps them apart. */
export function mayMuteItsLike(rule: Inhibition): boolean {
  const source = conditions(rule.source_matchers, rule.source_match, rule.source_match_re);
  const target = conditions(rule.target_matchers, rule.target_match, rule.target_match_re);
  const pairs = source.flatMap((one) =>
    target.filter(({ label }) => label === one.label).map((other) => [one, other] as const),
  );
  return pairs.length > 0 && pairs.every(([one, other]) => meet(one, other));
}

function conditions(matchers: unknown, equal: object | undefined, matching: object | undefined): Condition[] {
  const written = [matchers ?? []].flat().flatMap((text) => {
    const [, label, operator, value] = /^\s*([\w.]+)\s*(=~|!~|!=|=)\s*"?(.*?)"?\s*$/.exec(String(text)) ?? [];
    return label && operator && value !== undefined ? [{ label, operator, value }] : [];
  });
  const old = (pairs: object | undefined, operator: string): Condition[] =>
    Object.entries(pairs ?? {}).map(([label, value]) => ({ label, operator, value: String(value) }));
  return [...written, ...old(equal, "="), ...old(matching, "=~")];
}

/** True when one value can satisfy both; of two patterns, the words between their bars are tried. */
function meet(one: Condition, other: Condition): boolean {
  const words = [one, other].flatMap(({ operator, value }) => (operator === "=~" ? value.split("|") : [value]));
  return words.some((word) => holds(one, word) && holds(other, word));
}

function holds({ operator, value }: Condition, word: string): boolean {
  const hit = operator.endsWith("~") ? fullMatch(value)(word) : value === word;
  return operator.startsWith("!") ? !hit : hit;
}
