import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { Instance } from "@pulumi/aws/rds/instance.js";
import { ParameterGroup } from "@pulumi/aws/rds/parameterGroup.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";
import { STORE_PORT } from "../../../model/names.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import { databaseArguments, databaseParameters, EXPORTED_LOGS } from "./database-arguments.ts";
import { masterPassword } from "./database-master.ts";
import type { ServerPlan } from "./database-servers.ts";
import { encryptionKey, logWriter } from "../account/encryption-key.ts";
import type { NetworkConnection } from "../network/network.ts";
import { trustPolicy } from "../account/policy-document.ts";
import type { AwsSettings } from "../account/settings.ts";
import { systemTags } from "../account/tags.ts";
import { TYPE } from "../account/type-tokens.ts";

const LOG_DAYS = 30;

/** One MariaDB server and the administrator who prepares it. */
export interface Server {
  readonly identifier: string;
  /** The same, known once it exists. */
  readonly name: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;
  readonly administrator: { readonly user: string; readonly password: pulumi.Output<string> };
  /** Services whose databases it holds. */
  readonly owners: readonly string[];
  readonly resource: pulumi.Resource;
}

interface DatabasesArgs {
  readonly plan: SystemPlan;
  readonly servers: readonly ServerPlan[];
  readonly settings: AwsSettings;
  readonly network: NetworkConnection;
  /** Security group of the pods; nobody else may connect. */
  readonly clients: pulumi.Input<string>;
}

/** The MariaDB servers of one system: encrypted, private, in two zones, backed up, hard to delete. */
export class Databases extends pulumi.ComponentResource {
  readonly servers: readonly Server[];

  constructor(
    name: string,
    { plan, servers, settings, network, clients }: DatabasesArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE.databases, name, { version: settings.database.version, per: settings.database.per }, opts);
    const child = { parent: this };
    const tags = systemTags(plan.name, plan.owner);
    const key = encryptionKey(
      name,
      settings.accountId,
      [
        logWriter(
          settings,
          servers.flatMap(({ identifier }) => EXPORTED_LOGS.map((log) => logName(identifier, log))),
        ),
      ],
      child,
    );
    const group = new SecurityGroup(
      name,
      { name, vpcId: network.vpcId, description: `MariaDB of ${plan.name}`, tags: { ...tags, Name: name } },
      child,
    );
    new SecurityGroupIngressRule(
      name,
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: clients,
        ipProtocol: "tcp",
        fromPort: STORE_PORT.mariadb,
        toPort: STORE_PORT.mariadb,
        description: "MariaDB from the cluster",
        tags,
      },
      child,
    );
    const subnets = new SubnetGroup(
      name,
      { name, subnetIds: [...network.privateSubnetIds], description: `MariaDB of ${plan.name}`, tags },
      child,
    );
    // Without a name of our own: a server of another version needs another group before it can leave this one.
    const parameters = new ParameterGroup(
      name,
      {
        family: `mariadb${settings.database.version}`,
        parameters: databaseParameters(),
        description: `MariaDB of ${plan.name}`,
        tags,
      },
      child,
    );
    const monitoring = monitoringRole(name, child);

    this.servers = servers.map(({ identifier, owners, maintenanceWindow }) => {
      const logs = EXPORTED_LOGS.map(
        (log) =>
          new LogGroup(
            `${identifier}-${log}`,
            { name: logName(identifier, log), retentionInDays: LOG_DAYS, kmsKeyId: key.arn, tags },
            child,
          ),
      );
      const master = masterPassword(identifier, settings.database.master, child);
      const instance = new Instance(
        identifier,
        {
          ...databaseArguments({ identifier, settings, numbers: plan.numbers, kmsKeyId: key.arn }),
          ...master.inputs,
          maintenanceWindow,
          dbSubnetGroupName: subnets.name,
          parameterGroupName: parameters.name,
          vpcSecurityGroupIds: [group.id],
          monitoringRoleArn: monitoring,
          tags,
        },
        { ...child, protect: true, dependsOn: logs, ignoreChanges: ["allocatedStorage"] },
      ); // storage autoscaling raises it
      const password = master.password(instance);
      return {
        identifier,
        name: instance.identifier,
        owners,
        host: instance.address,
        administrator: { user: master.inputs.username, password },
        resource: instance,
      };
    });
    this.registerOutputs({});
  }
}

/** Where RDS writes a log of a server; a group that it makes itself is kept for ever. */
function logName(identifier: string, log: string): string {
  return `/aws/rds/instance/${identifier}/${log}`;
}

function monitoringRole(name: string, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
  const role = new Role(
    fittingName(`${name}-monitoring`, MOST.role),
    { assumeRolePolicy: trustPolicy("monitoring.rds.amazonaws.com"), description: "Enhanced monitoring of RDS" },
    opts,
  );
  const attached = new RolePolicyAttachment(
    `${name}-monitoring`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
    opts,
  );
  return attached.id.apply(() => role.arn); // RDS refuses a role that cannot do its work yet
}
