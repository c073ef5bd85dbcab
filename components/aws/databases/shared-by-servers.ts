import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { ParameterGroup } from "@pulumi/aws/rds/parameterGroup.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import type * as pulumi from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import { databaseParameters } from "./database-arguments.ts";
import type { Engine } from "./engine.ts";
import { encryptionKey, logWriter } from "../account/encryption-key.ts";
import { allowIn } from "../network/allow-in.ts";
import type { NetworkConnection } from "../network/network.ts";
import { trustFor } from "../account/trust.ts";
import type { AwsSettings } from "../account/settings.ts";
import { systemTags } from "../account/tags.ts";

/** What all servers of a system have in common. */
export interface SharedByServers {
  readonly key: ReturnType<typeof encryptionKey>;
  readonly group: SecurityGroup;
  readonly subnets: SubnetGroup;
  readonly parameters: ParameterGroup;
  readonly monitoring: pulumi.Output<string>;
  readonly tags: Record<string, string>;
}

interface Parts {
  readonly engine: Engine;
  readonly plan: SystemPlan;
  readonly settings: AwsSettings;
  readonly network: NetworkConnection;
  /** Security group of the pods; nobody else may connect. */
  readonly clients: pulumi.Input<string>;
  /** Groups that the servers' logs are written to. */
  readonly logs: readonly string[];
}

/** Key, place, parameters and the right to be watched of all servers of one system. */
export function sharedByServers(
  name: string,
  { engine, plan, settings, network, clients, logs }: Parts,
  child: pulumi.CustomResourceOptions,
): SharedByServers {
  const description = `${engine.title} of ${plan.name}`;
  const tags = systemTags(plan.name, plan.owner);
  return {
    key: encryptionKey(name, settings.accountId, [logWriter(settings, logs)], child),
    group: onlyFrom(engine, clients, name, { vpcId: network.vpcId, description, tags }, child),
    subnets: new SubnetGroup(name, { name, subnetIds: [...network.privateSubnetIds], description, tags }, child),
    // Without a name of our own: a server of another version needs another group before it can leave this one.
    parameters: new ParameterGroup(
      name,
      {
        family: `${engine.name}${engine.version(settings)}`,
        parameters: databaseParameters(engine),
        description,
        tags,
      },
      child,
    ),
    monitoring: monitoringRole(name, settings, child),
    tags,
  };
}

function onlyFrom(
  { port, title }: Engine,
  clients: pulumi.Input<string>,
  name: string,
  { vpcId, description, tags }: { vpcId: pulumi.Input<string>; description: string; tags: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): SecurityGroup {
  const group = new SecurityGroup(name, { name, vpcId, description, tags: { ...tags, Name: name } }, opts);
  const opening = {
    securityGroupId: group.id,
    port,
    description: `${title} from the cluster`,
    tags,
  };
  allowIn(name, { ...opening, from: { referencedSecurityGroupId: clients } }, opts);
  return group;
}

function monitoringRole(
  name: string,
  settings: AwsSettings,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const role = new Role(
    fittingName(`${name}-monitoring`, MOST.role),
    {
      assumeRolePolicy: trustFor(settings, "monitoring.rds.amazonaws.com", ["rds", "db:*"]),
      description: "Enhanced monitoring of RDS",
    },
    opts,
  );
  const attached = new RolePolicyAttachment(
    `${name}-monitoring`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
    opts,
  );
  return attached.id.apply(() => role.arn); // RDS refuses a role that cannot do its work yet
}
