import type { Cases } from "../../testing/case.ts";

const trust = (Condition: object): string =>
  JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: { Service: "monitoring.rds.amazonaws.com" }, Action: "sts:AssumeRole", Condition },
    ],
  });
const role = { type: "aws:iam/role:Role", name: "monitoring", props: { assumeRolePolicy: trust({}) } };

export const cases: Cases = {
  "trust-names-source": {
    given: { "+": [role] },
    fails: { "Role/monitoring assumeRolePolicy": trust({ StringEquals: { "aws:PrincipalTag/team": "a" } }) },
    boundary: { "Role/monitoring assumeRolePolicy": trust({ stringEquals: { "AWS:SourceAccount": "123456789012" } }) },
  },
};
