import type { Cases } from "../../testing/case.ts";

const limits = "ConfigMap/limits-0a1b2c3d data";
const tokens = {
  [`${limits}.OAUTH_ISSUER`]: "https://id.example",
  [`${limits}.OAUTH_JWKS_URL`]: "http://oauth/jwks",
  [`${limits}.OAUTH_AUDIENCE`]: "shop",
  [`${limits}.OAUTH_ACCESS_TTL_SECONDS`]: "3600",
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "cors-is-closed": { given: { [`${limits}.CORS_ORIGINS`]: "*" }, fails: { [`${limits}.CORS_CREDENTIALS`]: "true" }, boundary: { [`${limits}.CORS_CREDENTIALS`]: "false" } },
  "tokens-are-checked": { given: tokens, fails: { [`${limits}.OAUTH_ACCESS_TTL_SECONDS`]: "3601" }, boundary: { [`${limits}.OAUTH_REFRESH_TTL_SECONDS`]: "3601" } },
};
