import assert from "node:assert/strict";
import { readAwsSettings } from "../components/aws/settings/read-settings.ts";
import { STAGE } from "../model/stage.ts";
import type { SystemPlan } from "../model/plan.ts";
import { assertFixable } from "./setting-fixes.ts";
import { shopPlan } from "./shop.ts";

/** The facts of the smallest account there is; no other setting is needed. */
export const ACCOUNT = {
  "aws:region": "eu-central-1",
  "slipway:accountId": "111122223333",
  "slipway:domain": "shop.example.com",
  "slipway:alarmEmail": "on-call@example.com",
  "slipway:costCenter": "cc-1",
  "slipway:mailUser": "AKIAIOSFODNN7EXAMPLE",
  "slipway:heartbeat": "https://hc-ping.example.com/slipway-prod",
};

/** A day that does not move: versions have an end of support. */
export const TODAY = "2026-11-21";

/** The shop with the numbers of production. */
export const prodPlan: SystemPlan = { ...shopPlan(), numbers: STAGE.prod };

/** What is said about that account with other settings; nothing, where they are right. */
export function settingFaults(
  config: Readonly<Record<string, string>>,
  plans: readonly SystemPlan[] = [prodPlan],
  today = TODAY,
  account: Readonly<Record<string, string>> = ACCOUNT,
): string {
  try {
    readAwsSettings({ ...account, ...config }, plans, today);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

/** Proves that other settings of that account are refused with these words, and taken once every fix that is named was made. */
export function assertRefused(config: Readonly<Record<string, string>>, said: RegExp): void {
  assert.match(settingFaults(config), said);
  assertFixable({ ...ACCOUNT, ...config }, (settings) => settingFaults(settings, [prodPlan], TODAY, {}));
}

/** A network that somebody else made. */
export const THEIR_NETWORK = {
  "slipway:vpcId": "vpc-0123456789abcdef0",
  "slipway:vpcCidr": "10.8.0.0/16",
  "slipway:privateSubnets": "subnet-0a1b2c3d4e5f60710,subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60712",
  "slipway:publicSubnets": "subnet-0b1b2c3d4e5f60710,subnet-0b1b2c3d4e5f60711,subnet-0b1b2c3d4e5f60712",
};
