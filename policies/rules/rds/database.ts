/** Databases as the rules about them see them. */

import type { Problem } from "../../judging/rule.ts";
import type { Resource } from "../../resources/resource.ts";

export interface DatabaseProps {
  readonly engine?: string;
  readonly engineMode?: string;
  readonly engineVersion?: string;
  readonly clusterIdentifier?: string;
  readonly replicateSourceDb?: string;
  readonly storageEncrypted?: boolean;
  readonly publiclyAccessible?: boolean;
  readonly multiAz?: boolean;
  readonly deletionProtection?: boolean;
  readonly skipFinalSnapshot?: boolean;
  readonly backupRetentionPeriod?: number;
  readonly enabledCloudwatchLogsExports?: readonly string[];
  readonly autoMinorVersionUpgrade?: boolean;
  readonly performanceInsightsEnabled?: boolean;
  readonly monitoringInterval?: number;
  readonly iamDatabaseAuthenticationEnabled?: boolean;
  readonly copyTagsToSnapshot?: boolean;
  readonly caCertIdentifier?: string;
  readonly allocatedStorage?: number;
  readonly maxAllocatedStorage?: number;
  readonly parameterGroupName?: string;
  readonly vpcSecurityGroupIds?: readonly string[];
}

export type Database = Resource<DatabaseProps>;

export const INSTANCE = "aws:rds/instance:Instance";
export const CLUSTER = "aws:rds/cluster:Cluster";
export const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

/** A property that is not as it should be; what is not set is said with what the provider then assumes. */
export const notAsWanted = (path: string, found: unknown, wanted: string, byDefault = ""): Problem => ({
  path,
  found:
    found === undefined || found === null ? `not set${byDefault ? ` (${byDefault} by default)` : ""}` : String(found),
  wanted,
});
