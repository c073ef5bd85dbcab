import type { SystemPlan } from "../../model/plan.ts";
import { visible } from "../../model/harmless/visible.ts";
import { settingsFile, writeSetting } from "../../model/setting-fix.ts";
import { needsIssuer, type PlatformIssuer, withIssuer } from "./platform-issuer.ts";

/** Settings of prod: what the tokens of its issuer name as such, and where the public keys of it are. */
export const ISSUER_KEYS = ["slipway:issuer", "slipway:issuerKeys"] as const;

const EXAMPLES = {
  "slipway:issuer": "https://id.example.com",
  "slipway:issuerKeys": "https://id.example.com/.well-known/jwks.json",
} as const;
/** Characters of a value that are shown. */
const SHOWN = 200;

/** The plans with the issuer that the settings name. Throws where a system needs one and they name none, or what is no address. */
export function withIssuerOfSettings(
  plans: readonly SystemPlan[],
  config: Readonly<Record<string, string>>,
  stack: string,
): readonly SystemPlan[] {
  const needing = plans.filter(needsIssuer).map(({ name }) => name);
  const written = ISSUER_KEYS.filter((key) => config[key] !== undefined);
  if (needing.length === 0 && written.length === 0) return plans;
  const wrong = ISSUER_KEYS.filter((key) => !isAddress(config[key] ?? ""));
  if (wrong.length > 0) throw new Error(report(wrong, needing, config, settingsFile(stack)));
  const issuer = issuerOf(config);
  return plans.map((plan) => (needsIssuer(plan) ? withIssuer(plan, issuer) : plan));
}

function issuerOf(config: Readonly<Record<string, string>>): PlatformIssuer {
  return { name: config["slipway:issuer"] ?? "", keys: new URL(config["slipway:issuerKeys"] ?? "") };
}

/** Anything on the way could put other keys into an answer without TLS. */
function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === "https:" && url.username === "" && url.hash === "" && !/\s/.test(text);
}

function report(
  wrong: readonly (typeof ISSUER_KEYS)[number][],
  needing: readonly string[],
  config: Readonly<Record<string, string>>,
  file: string,
): string {
  const why =
    needing.length === 0 ? "" : ` ${needing.join(" and ")} let callers in whom the platform's issuer signed in;`;
  return [
    `who signs callers in is not known:${why} nothing was deployed:`,
    ...wrong.map((key) => {
      const found = config[key] === undefined ? "nothing" : `"${visible(config[key], SHOWN)}"`;
      return `  ${key}: found ${found}, allowed: an https address. Fix: ${writeSetting(file, key, EXAMPLES[key])}, with your own value`;
    }),
  ].join("\n");
}
