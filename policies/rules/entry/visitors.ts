import { everywhere, notApplicable, resourceRule } from "../../judging/rule.ts";
import type { Config } from "../../views/config-refs.ts";

export const corsIsClosed = resourceRule<Config["props"]>()({
  id: "cors-is-closed",
  number: "C62",
  items: [13],
  on: ["ConfigMap"],
  severity: "high",
  levels: everywhere,
  title: "Other sites may not act with a visitor's credentials",
  why: "Any page that a customer opens could place orders in their name.",
  fix: `data: { CORS_ORIGINS: "https://shop.example.com", CORS_CREDENTIALS: "true" }`,
  *check({ props }) {
    const entries = Object.entries(props.data ?? {}).filter(([key]) => /CORS/i.test(key));
    if (entries.length === 0) return notApplicable;
    const anybody = entries.find(
      ([key, value]) =>
        /ORIGIN/i.test(key) &&
        String(value)
          .split(",")
          .some((one) => one.trim() === "*"),
    );
    const credentials = entries.some(([key, value]) => /CREDENTIALS/i.test(key) && /^(true|1)$/i.test(String(value)));
    if (anybody && credentials)
      yield {
        path: `data.${anybody[0]}`,
        found: `* together with credentials`,
        wanted: "the addresses of your own pages",
      };
  },
});

export const tokensAreChecked = resourceRule<Config["props"]>()({
  id: "tokens-are-checked",
  number: "C63",
  items: [14],
  on: ["ConfigMap"],
  severity: "high",
  levels: everywhere,
  title: "Where tokens are checked, issuer, keys, audience and lifetime are stated",
  why: "A token of another issuer or for another audience opens the door; one without an end opens it for ever.",
  fix: `data: { OAUTH_ISSUER: "https://id.example.com", OAUTH_JWKS_URL: "http://oauth:8080/jwks", OAUTH_AUDIENCE: "shop", OAUTH_ACCESS_TTL_SECONDS: "900" }`,
  *check({ props }) {
    const entries = Object.entries(props.data ?? {});
    const of = (pattern: RegExp): [string, string] | undefined => entries.find(([key]) => pattern.test(key));
    const issuer = of(/(^|_)ISSUER(_URL)?$/);
    const jwks = of(/JWKS/);
    if (!issuer && !jwks) return notApplicable;
    for (const [name, found] of [
      ["issuer", issuer],
      ["JWKS URL", jwks],
      ["audience", of(/AUDIENCE/)],
    ] as const)
      if (!found?.[1]) yield { path: "data", found: `no ${name}`, wanted: "issuer, JWKS URL and audience" };
    const [access, refresh] = [of(/ACCESS.*(TTL|SECONDS)/), of(/REFRESH.*(TTL|SECONDS)/)].map((entry) =>
      entry ? Number(entry[1]) : undefined,
    );
    if (access !== undefined && !(access > 0 && access <= 3600))
      yield { path: `data.${of(/ACCESS.*(TTL|SECONDS)/)?.[0]}`, found: `${access} s`, wanted: "<= 3600 s" };
    if (access !== undefined && refresh !== undefined && refresh <= access)
      yield {
        path: `data.${of(/REFRESH.*(TTL|SECONDS)/)?.[0]}`,
        found: `${refresh} s`,
        wanted: `> ${access} s, the access token`,
      };
  },
});
