import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import type { Right } from "../../../model/words/service.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import { policyDocument, type Statement } from "../account/policy-document.ts";
import { systemTags } from "../account/tags.ts";
import { podTrust } from "../account/trust.ts";
import { kafkaPolicy, usesKafka } from "../kafka/kafka-access.ts";
import type { Kafka } from "../kafka/kafka.ts";
import type { RightsConnection } from "../../platform.ts";
import type { ClusterConnection } from "./cluster.ts";
import { podCredentials } from "./pod-credentials.ts";

/** Where the pods run that are given rights, and the brokers that some of them use. */
export interface RoleParts {
  readonly cluster: Pick<ClusterConnection, "name" | "arn">;
  readonly kafka: Kafka | null;
  readonly region: string;
}

/** For each program that needs rights in the cloud a role of its own, given to its pods by Pod Identity: no key anywhere. */
export function workloadRoles(
  plan: SystemPlan,
  parts: RoleParts,
  opts: CustomResourceOptions,
): ReadonlyMap<string, RightsConnection> {
  return new Map(
    plan.workloads
      .filter((workload) => usesKafka(workload) || workload.rights.length > 0)
      .map((workload) => [workload.name, podCredentials(workloadRole(plan, workload, parts, opts), parts.region)]),
  );
}

function workloadRole(
  plan: SystemPlan,
  workload: WorkloadPlan,
  { cluster, kafka }: RoleParts,
  opts: CustomResourceOptions,
): Resource {
  const name = `${plan.name}-${workload.name}`;
  const tags = systemTags(plan.name, plan.owner);
  const description = workload.rights.length === 0 ? `Kafka topics of ${name}` : `Rights of ${name}`;
  const role = new Role(
    fittingName(name, MOST.role),
    { assumeRolePolicy: podTrust(cluster.arn), description, tags },
    opts,
  );
  const policies = [
    ...(kafka && usesKafka(workload)
      ? [new RolePolicy(name, { role: role.name, policy: kafka.arn.apply((arn) => kafkaPolicy(arn, workload)) }, opts)]
      : []),
    ...(workload.rights.length > 0
      ? [new RolePolicy(`${name}-own`, { role: role.name, policy: ownPolicy(workload.rights) }, opts)]
      : []),
  ];
  return new PodIdentityAssociation(
    name,
    { clusterName: cluster.name, namespace: plan.name, serviceAccount: workload.name, roleArn: role.arn, tags },
    { ...opts, dependsOn: policies },
  );
}

/** Exactly the rights that the description asks for. */
function ownPolicy(rights: readonly Right[]): string {
  const statements = rights.map(
    ({ actions, on }, index): Statement => ({
      Sid: `Own${index + 1}`,
      Effect: "Allow",
      Action: [...actions],
      Resource: [on],
    }),
  );
  return policyDocument(statements);
}
