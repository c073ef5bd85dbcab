import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { AwsSettings } from "./settings.ts";

/** Days in which a deleted key can still be brought back: the longest AWS allows, because a lost key is lost data. */
const DELETION_DAYS = 30;

/** Services that may use a key beside the account that owns it, and for what: AWS puts the ARN of the thing into the encryption context. */
export interface KeyUser {
  readonly sid: string;
  readonly services: readonly string[];
  readonly context: string;
  readonly arns: readonly string[];
}

/** CloudWatch Logs, for these groups only (AWS: "Encrypt log data in CloudWatch Logs using KMS"). */
export function logWriter(
  { accountId, region }: Pick<AwsSettings, "accountId" | "region">,
  groups: readonly string[],
): KeyUser {
  return {
    sid: "Logs",
    services: [`logs.${region}.amazonaws.com`],
    context: "aws:logs:arn",
    arns: groups.map((group) => `arn:aws:logs:${region}:${accountId}:log-group:${group}`),
  };
}

/** A key that AWS rotates every year. */
export function encryptionKey(
  name: string,
  accountId: string,
  users: readonly KeyUser[],
  opts: CustomResourceOptions,
): Key {
  const owner = {
    Sid: "Account",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const uses = users.map(({ sid, services, context, arns }) => ({
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: services },
    Resource: "*",
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Condition: { ArnEquals: { [`kms:EncryptionContext:${context}`]: arns } },
  }));
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [owner, ...uses] });
  const key = new Key(
    name,
    { description: `slipway ${name}`, enableKeyRotation: true, deletionWindowInDays: DELETION_DAYS, policy },
    { ...opts, protect: true },
  );
  new Alias(name, { name: `alias/slipway-${name}`, targetKeyId: key.keyId }, opts);
  return key;
}
