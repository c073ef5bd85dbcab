import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const use = (shared: string | null) => [{ store: "books", kind: "postgres", may: "read", shared }];

// biome-ignore format: one case a line
export const cases: Cases = {
  "sharing-declared": {
    given: { "Microservice/order plan.uses": use(null) },
    fails: { "Microservice/payment plan.uses": use(null) },
    boundary: { "Microservice/payment plan.uses": use("reads what order wrote") },
    unknown: { "Microservice/payment plan.uses": UNKNOWN },
  },
};
