import { Provider } from "@pulumi/aws/provider.js";
import type { ResourceOptions } from "@pulumi/pulumi";
import type { Stage } from "../../model/stage.ts";
import type { AwsSettings } from "./settings.ts";

/** Tags of what belongs to one system or to all of them; bills and policies go by these names. */
export interface Tags { readonly system: string; readonly stage: string; readonly owner: string; readonly cost: string }

/** What the systems share. */
export const SHARED = "shared";

/** The four tags of everything, from the provider: no resource can be without them. It works in one account only. */
export function awsProvider(name: string, { accountId, region, owner, costCenter }: AwsSettings, stage: Stage, opts: ResourceOptions): Provider {
  const tags: Tags = { system: SHARED, stage, owner, cost: costCenter };
  return new Provider(name, { region, allowedAccountIds: [accountId], defaultTags: { tags: { ...tags, "managed-by": "slipway" } } }, opts);
}

/** Tags that tell one system's resources from the shared ones. */
export function systemTags(system: string, owner: string): { readonly system: string; readonly owner: string } {
  return { system, owner };
}
