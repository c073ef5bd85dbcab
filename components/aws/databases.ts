import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { Instance } from "@pulumi/aws/rds/instance.js";
import { ParameterGroup } from "@pulumi/aws/rds/parameterGroup.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";
import { STORE_PORT } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { databaseArguments, databaseParameters } from "./database-arguments.ts";
import { masterPassword } from "./database-master.ts";
import { encryptionKey } from "./encryption-key.ts";
import type { NetworkConnection } from "./network.ts";
import { trustPolicy } from "./policy-document.ts";
import type { AwsSettings } from "./settings.ts";
import { systemTags } from "./tags.ts";
import { TYPE } from "./type-tokens.ts";

/** One MariaDB server and the administrator who prepares it. */
export interface Server {
  readonly identifier: string;
  readonly host: pulumi.Output<string>;
  readonly administrator: { readonly user: string; readonly password: pulumi.Output<string> };
  /** Services whose databases it holds. */
  readonly owners: readonly string[];
  readonly resource: pulumi.Resource;
}

interface DatabasesArgs {
  readonly plan: SystemPlan;
  readonly settings: AwsSettings;
  readonly network: NetworkConnection;
  /** Security group of the pods; nobody else may connect. */
  readonly clients: pulumi.Input<string>;
}

/** The MariaDB servers of one system: encrypted, private, in two zones, backed up, hard to delete. */
export class Databases extends pulumi.ComponentResource {
  readonly servers: readonly Server[];

  constructor(name: string, { plan, settings, network, clients }: DatabasesArgs, opts: pulumi.ComponentResourceOptions) {
    super(TYPE.databases, name, { version: settings.database.version, per: settings.database.per }, opts);
    const child = { parent: this };
    const tags = systemTags(plan.name, plan.owner);
    const key = encryptionKey(name, settings.accountId, [], child);
    const group = new SecurityGroup(name, { name, vpcId: network.vpcId, description: `MariaDB of ${plan.name}`, tags: { ...tags, Name: name } }, child);
    new SecurityGroupIngressRule(name, {
      securityGroupId: group.id, referencedSecurityGroupId: clients, ipProtocol: "tcp", fromPort: STORE_PORT.mariadb, toPort: STORE_PORT.mariadb,
      description: "MariaDB from the cluster", tags,
    }, child);
    const subnets = new SubnetGroup(name, { name, subnetIds: [...network.privateSubnetIds], description: `MariaDB of ${plan.name}`, tags }, child);
    const parameters = new ParameterGroup(name, { name, family: `mariadb${settings.database.version}`, parameters: databaseParameters(), description: `MariaDB of ${plan.name}`, tags }, child);
    const monitoring = monitoringRole(name, child);

    this.servers = serverOwners(plan, settings).map(([identifier, owners]) => {
      const master = masterPassword(identifier, settings.database.master, child);
      const instance = new Instance(identifier, {
        ...databaseArguments({ identifier, settings, numbers: plan.numbers, kmsKeyId: key.arn }), ...master.inputs,
        dbSubnetGroupName: subnets.name, parameterGroupName: parameters.name, vpcSecurityGroupIds: [group.id], monitoringRoleArn: monitoring, tags,
      }, { ...child, protect: true, ignoreChanges: ["allocatedStorage"] }); // storage autoscaling raises it
      const password = master.password(instance);
      return { identifier, owners, host: instance.address, administrator: { user: master.inputs.username, password }, resource: instance };
    });
    this.registerOutputs({});
  }
}

/** Which server holds whose database: one for all, or one for each. */
function serverOwners({ name, databases }: SystemPlan, { database }: AwsSettings): [string, string[]][] {
  const owners = databases.map(({ owner }) => owner);
  return database.per === "system" ? [[name, owners]] : owners.map((owner) => [`${name}-${owner}`, [owner]]);
}

function monitoringRole(name: string, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
  const role = new Role(`${name}-monitoring`, { assumeRolePolicy: trustPolicy("monitoring.rds.amazonaws.com"), description: "Enhanced monitoring of RDS" }, opts);
  new RolePolicyAttachment(`${name}-monitoring`, { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" }, opts);
  return role.arn;
}
