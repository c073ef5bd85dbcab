import * as pulumi from "@pulumi/pulumi";
import { type Foundation, foundation } from "../components/aws/foundation.ts";
import { type SecretOf, serviceSecrets } from "../components/aws/account/service-secrets.ts";
import { assertOwnAccount } from "../components/aws/account/own-account.ts";
import { readAwsSettings } from "../components/aws/settings/read-settings.ts";
import type { SystemPlan } from "../model/plan.ts";
import type { Stage } from "../model/stage.ts";
import { definitionsOf } from "./definitions.ts";
import { KEYS } from "./settings.ts";
import { ISSUER_KEYS } from "./sign-in/issuer-settings.ts";

interface Shared {
  readonly foundation: Foundation;
  readonly secretsOf: (plan: SystemPlan) => SecretOf;
}

/** Reads the facts and secrets of the account, and registers what all systems share there once none is missing. */
export async function shareOnAws(plans: readonly SystemPlan[], stage: Stage, planOnly: boolean): Promise<Shared> {
  const today = new Date().toISOString().slice(0, 10);
  const settings = readAwsSettings(pulumi.runtime.allConfig(), plans, today, {
    stack: pulumi.getStack(),
    others: [...KEYS.map((key) => `slipway:${key}`), ...ISSUER_KEYS],
  });
  await assertOwnAccount(settings, planOnly);
  const secretsOf = await serviceSecrets(plans, settings.region, planOnly);
  return { secretsOf, foundation: foundation({ stage, settings, plans, definitions: await definitionsOf() }) };
}
