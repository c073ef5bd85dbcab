import type { Cases } from "../testing/case.ts";

const given = {
  "+": [
    {
      type: "Exemption",
      name: "replica-floor of shop",
      props: {
        rule: "replica-floor",
        place: "Deployment/shop/*",
        expires: "2027-01-31",
        today: "2026-12-01",
        term: "holds",
        allowed: "yes",
        used: true,
      },
    },
  ],
};
const exemption = (property: string): string => `Exemption/replica-floor of shop ${property}`;

// biome-ignore format: one case a line
export const cases: Cases = {
  "exemption-expired": { given, fails: { [exemption("term")]: "expired" }, boundary: { [exemption("term")]: "expires soon" } },
  "exemption-expiring": { given, fails: { [exemption("term")]: "expires soon" }, boundary: { [exemption("term")]: "holds" } },
  "exemption-unused": { given, fails: { [exemption("used")]: false }, boundary: { [exemption("used")]: true } },
  "exemption-misplaced": { given, fails: { [exemption("allowed")]: "never" }, boundary: { [exemption("allowed")]: "yes" } },
};
