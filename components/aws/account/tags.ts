import { Provider } from "@pulumi/aws/provider.js";
import type { ResourceOptions } from "@pulumi/pulumi";
import type { Stage } from "../../../model/stage.ts";
import type { AwsSettings } from "./settings.ts";

/** Tags by name; bills and policies go by `system`, `stage`, `owner` and `cost`. */
export type Tags = Readonly<Record<string, string>>;

/** What the systems share. */
export const SHARED = "shared";

/** The tags of everything. What EKS makes (machines, disks) does not come through the provider and is given them by name. */
export function sharedTags({ owner, costCenter }: AwsSettings, stage: Stage): Tags {
  return { system: SHARED, stage, owner, cost: costCenter, "managed-by": "slipway" };
}

/** Gives everything its tags: no resource can be without them. It works in one account only. */
export function awsProvider(
  name: string,
  { accountId, region }: AwsSettings,
  tags: Tags,
  opts: ResourceOptions,
): Provider {
  return new Provider(name, { region, allowedAccountIds: [accountId], defaultTags: { tags } }, opts);
}

/** Tags that tell one system's resources from the shared ones. */
export function systemTags(system: string, owner: string): Tags {
  return { system, owner };
}
