import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Instance } from "@pulumi/aws/rds/instance.js";
import type * as pulumi from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import { finalSnapshotOf } from "../account/final-snapshot.ts";
import { databaseArguments } from "./database-arguments.ts";
import { masterPassword } from "./database-master.ts";
import type { Engine } from "./engine.ts";
import type { ServerPlan } from "./database-servers.ts";
import type { SharedByServers } from "./shared-by-servers.ts";
import type { AwsSettings } from "../account/settings.ts";

const LOG_DAYS = 30;

/** One database server and the administrator who prepares it. */
export interface Server {
  readonly identifier: string;
  readonly engine: Engine;
  /** The same, known once it exists. */
  readonly name: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;
  /** Its name that never changes, by which it is asked for figures of its own. */
  readonly resourceId: pulumi.Output<string>;
  readonly administrator: { readonly user: string; readonly password: pulumi.Output<string> };
  /** Stores that it holds, by their names in the description. */
  readonly stores: readonly string[];
  readonly resource: pulumi.Resource;
}

/** One server with its logs and its administrator; nothing deletes it by a slip. */
export function runServer(
  { identifier, engine, stores, maintenanceWindow }: ServerPlan,
  { plan, settings }: { readonly plan: SystemPlan; readonly settings: AwsSettings },
  { key, group, subnets, parameters, monitoring, tags }: SharedByServers,
  child: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): Server {
  const logs = engine.logs.map((log) => {
    const kept = { name: logName(identifier, log), retentionInDays: LOG_DAYS, kmsKeyId: key.arn, tags };
    return new LogGroup(`${identifier}-${log}`, kept, child);
  });
  const master = masterPassword(identifier, settings.database.master, child);
  const instance = new Instance(
    identifier,
    {
      ...databaseArguments({ identifier, engine, settings, numbers: plan.numbers, kmsKeyId: key.arn }),
      ...master.inputs,
      finalSnapshotIdentifier: finalSnapshotOf(identifier, child.parent),
      maintenanceWindow,
      dbSubnetGroupName: subnets.name,
      parameterGroupName: parameters.name,
      vpcSecurityGroupIds: [group.id],
      monitoringRoleArn: monitoring,
      tags,
    },
    { ...child, protect: true, dependsOn: logs, ignoreChanges: ["allocatedStorage"] },
  ); // storage autoscaling raises it
  return {
    identifier,
    engine,
    name: instance.identifier,
    stores,
    host: instance.address,
    resourceId: instance.resourceId,
    administrator: { user: master.inputs.username, password: master.password(instance) },
    resource: instance,
  };
}

/** Where RDS writes the logs of a server; a group that it makes itself is kept for ever. */
export function logNames({ identifier, engine }: ServerPlan): string[] {
  return engine.logs.map((log) => logName(identifier, log));
}

function logName(identifier: string, log: string): string {
  return `/aws/rds/instance/${identifier}/${log}`;
}
