import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity.js";
import { getStack, RunError } from "@pulumi/pulumi";
import { settingsFile, writeSetting } from "../../../model/setting-fix.ts";
import type { AwsSettings } from "./settings.ts";

/**
 * Refuses credentials of another account before anything is declared. The provider would refuse them as well, but without
 * a word about the setting; a plan without credentials has none to compare (`planOnly`).
 */
export async function assertOwnAccount(
  { accountId }: Pick<AwsSettings, "accountId">,
  planOnly: boolean,
): Promise<void> {
  if (planOnly) return;
  const found = await getCallerIdentity({});
  if (found.accountId === accountId) return;
  throw new RunError(
    "this stack cannot be deployed to AWS with these credentials; nothing was created:\n" +
      `  slipway:accountId: found "${accountId}", allowed: ${found.accountId}, the account of these credentials (${found.arn}). ` +
      `Fix: log in to ${accountId}, or, if the other one is meant: ${writeSetting(settingsFile(getStack()), "slipway:accountId", found.accountId)}`,
  );
}
