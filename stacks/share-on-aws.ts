import * as pulumi from "@pulumi/pulumi";
import { type Foundation, foundation } from "../components/aws/foundation.ts";
import { assertOwnAccount } from "../components/aws/account/own-account.ts";
import { readAwsSettings } from "../components/aws/settings/read-settings.ts";
import type { SystemPlan } from "../model/plan.ts";
import type { Stage } from "../model/stage.ts";
import { definitionsOf } from "./definitions.ts";
import { KEYS } from "./settings.ts";

/** Reads the facts of the account and registers what all systems share there. */
export async function shareOnAws(plans: readonly SystemPlan[], stage: Stage, planOnly: boolean): Promise<Foundation> {
  const today = new Date().toISOString().slice(0, 10);
  const settings = readAwsSettings(
    pulumi.runtime.allConfig(),
    plans,
    today,
    KEYS.map((key) => `slipway:${key}`),
  );
  await assertOwnAccount(settings, planOnly);
  return foundation({ stage, settings, plans, definitions: await definitionsOf() });
}
