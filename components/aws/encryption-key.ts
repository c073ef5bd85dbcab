import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import type { CustomResourceOptions } from "@pulumi/pulumi";

/** Days in which a deleted key can still be brought back: the longest AWS allows, because a lost key is lost data. */
const DELETION_DAYS = 30;

/** A key that AWS rotates every year. `services` may use it beside the account that owns it. */
export function encryptionKey(name: string, accountId: string, services: readonly string[], opts: CustomResourceOptions): Key {
  const owner = { Sid: "Account", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" };
  const use = {
    Sid: "Services", Effect: "Allow", Principal: { Service: services }, Resource: "*",
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: services.length > 0 ? [owner, use] : [owner] });
  const key = new Key(name, { description: `slipway ${name}`, enableKeyRotation: true, deletionWindowInDays: DELETION_DAYS, policy }, { ...opts, protect: true });
  new Alias(name, { name: `alias/slipway-${name}`, targetKeyId: key.keyId }, opts);
  return key;
}
