import { inProduction, limit, notApplicable, resourceRule } from "../../judging/rule.ts";
import { conditionKeys, type PolicyDocument, type Statement, statementsOf } from "../../views/access/iam.ts";

/** Services that say for whose thing they take on a role; AWS documents the condition for each of them ("confused deputy"). */
const SERVICES = [
  "vpc-flow-logs.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "rds.amazonaws.com",
  "pods.eks.amazonaws.com",
  "eks-fargate-pods.amazonaws.com",
  "ecs-tasks.amazonaws.com",
];

export const trustNamesSource = resourceRule<{ readonly assumeRolePolicy?: PolicyDocument }>()({
  id: "trust-names-source",
  number: "A28",
  items: [11],
  on: ["aws:iam/role:Role"],
  severity: "medium",
  levels: inProduction,
  title: "A service may take on a role for things of this account only",
  why: "Without it another customer can have the service use your role for a thing of theirs.",
  fix: `Condition: { StringEquals: { "aws:SourceAccount": accountId }, ArnLike: { "aws:SourceArn": arn } }`,
  limits: { services: limit<readonly string[]>("services that say for whose thing they act", SERVICES) },
  *check({ props }, { limit: { services } }) {
    const asked = [...statementsOf(props.assumeRolePolicy).entries()].flatMap(([index, statement]) =>
      servicesOf(statement)
        .filter((service) => services.includes(service))
        .map((service) => ({ index, statement, service })),
    );
    if (asked.length === 0) return notApplicable;
    for (const { index, statement, service } of asked)
      if (!conditionKeys(statement).some((key) => key.startsWith("aws:source")))
        yield {
          path: `assumeRolePolicy.Statement[${index}].Condition`,
          found: `${service} for anybody's things`,
          wanted: "aws:SourceAccount or aws:SourceArn",
        };
  },
});

function servicesOf({ Effect, Principal }: Statement): string[] {
  return Effect === "Allow" && typeof Principal === "object" ? [Principal["Service"] ?? []].flat() : [];
}
