import { isDeepStrictEqual } from "node:util";
import { EXAMPLE_ACCOUNT } from "../../../components/aws/account/example-account.ts";
import { KEYS } from "../../../stacks/settings.ts";
import type { RecordedPlan } from "../recorded-plan.ts";

type Config = Readonly<Record<string, unknown>>;
const ACCOUNT = "slipway:accountId";

/** What a stack's settings say of its account; nothing, where they name none. Which systems run is no fact of an account. */
export function accountFacts(config: Config): Config {
  if (config[ACCOUNT] === undefined) return {};
  const others: readonly string[] = KEYS.map((key) => `slipway:${key}`);
  const facts = Object.entries(config).filter(([key]) => /^(aws|slipway):/.test(key) && !others.includes(key));
  return Object.fromEntries(facts.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Says that a record guards nothing, and how to make one that does; null where it guards. Slipway comes with the plan of an
 * account that nobody has: once the settings are those of another, nothing that it has can be lost there.
 */
export function firstSetUp({ stack, facts }: RecordedPlan, config: Config, file: string): string | null {
  if (facts[ACCOUNT] !== EXAMPLE_ACCOUNT) return null;
  const now = accountFacts(config);
  const changed = [...new Set([...Object.keys(facts), ...Object.keys(now)])].filter(
    (key) => !isDeepStrictEqual(facts[key], now[key]),
  );
  if (changed.length === 0) return null;
  return (
    `first set-up: compared with nothing, because ${file} is the plan of the example account ${EXAMPLE_ACCOUNT}, where nothing exists, ` +
    `and ${changed.toSorted().join(", ")} ${changed.length === 1 ? "is" : "are"} no longer its own. ` +
    `When the settings are right: npx slipway preview ${stack} --no-policies --record ${file}`
  );
}
