import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "payments-in-mariadb": {
    fails: { "Instance/db engine": "mysql" },
    boundary: { "Instance/db identifier": "db", "ConfigMap/payment-1a2b3c4d data.DATABASE_HOST": UNKNOWN }, // not known which server, but there is only one engine
    unknown: { "Instance/db engine": UNKNOWN },
  },
};
