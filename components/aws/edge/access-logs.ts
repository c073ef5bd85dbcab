import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { AwsSettings } from "../account/settings.ts";

/** As long as the records of the network and of the control plane: one incident is looked up in all three. */
const DAYS = 90;

/** Where a load balancer writes who asked for what, and what has to be there before it does. */
export interface AccessLogs {
  readonly bucket: string;
  readonly ready: Resource;
}

/** A bucket for the access logs of this account's load balancers: closed to everybody else, and emptied after a quarter. */
export function accessLogs(name: string, account: AwsSettings, opts: CustomResourceOptions): AccessLogs {
  const own = `${name}-access-logs`;
  const bucket = `${own}-${account.accountId}`; // names of buckets are of all customers
  const made = new Bucket(own, { bucket, forceDestroy: false, tags: { Name: own } }, { ...opts, protect: true });
  const of = { bucket: made.bucket };
  const closed = new BucketPublicAccessBlock(
    own,
    { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    opts,
  );
  new BucketOwnershipControls(own, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, opts);
  // Load balancers cannot write with a key of our own.
  const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
  new BucketServerSideEncryptionConfiguration(own, { ...of, rules }, opts);
  new BucketLifecycleConfiguration(
    own,
    { ...of, rules: [{ id: "quarter", status: "Enabled", filter: { prefix: "" }, expiration: { days: DAYS } }] },
    opts,
  );
  const ready = new BucketPolicy(own, { ...of, policy: writing(bucket, account) }, { ...opts, dependsOn: closed });
  return { bucket, ready };
}

/** Load balancers of this account write (AWS: "Enable access logs for your Application Load Balancer"); nobody comes without TLS. */
function writing(bucket: string, { accountId, region }: AwsSettings): string {
  const arn = `arn:aws:s3:::${bucket}`;
  const balancers = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/*`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Write",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/AWSLogs/${accountId}/*`,
        Condition: { ArnLike: { "aws:SourceArn": balancers } },
      },
      {
        Sid: "Plain",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
