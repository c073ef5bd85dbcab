import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

interface Statement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: string;
  readonly Resource: string | readonly string[];
  readonly Condition: unknown;
}

const BUCKET = "slipway-prod-access-logs-111122223333";

describe("access logs of the load balancer", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("are kept for a quarter in a bucket that nobody outside can read", () => {
    const { accessLogs } = shop.only("aws:lb/loadBalancer:LoadBalancer") as { accessLogs: object };
    assert.deepEqual(accessLogs, { bucket: BUCKET, enabled: true });
    const { bucket, forceDestroy } = shop.only("aws:s3/bucket:Bucket");
    assert.deepEqual([bucket, forceDestroy], [BUCKET, false]);
    assert.equal(shop.of("aws:s3/bucket:Bucket")[0]?.protect, true);
    const closed = shop.only("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    for (const key of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"])
      assert.equal(closed[key], true, key);
    assert.deepEqual(shop.only("aws:s3/bucketOwnershipControls:BucketOwnershipControls")["rule"], {
      objectOwnership: "BucketOwnerEnforced",
    });
    const { rules } = shop.only("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration") as {
      rules: { status: string; expiration: { days: number } }[];
    };
    assert.deepEqual(
      rules.map(({ status, expiration }) => [status, expiration.days]),
      [["Enabled", 90]],
    );
  });

  it("are written by load balancers of this account only, and read over TLS only", () => {
    const { policy } = shop.only("aws:s3/bucketPolicy:BucketPolicy");
    const [write, plain] = (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement;
    assert.deepEqual(write, {
      Sid: "Write",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${BUCKET}/AWSLogs/111122223333/*`,
      Condition: {
        ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/*" },
      },
    });
    assert.deepEqual([plain?.Effect, plain?.Condition], ["Deny", { Bool: { "aws:SecureTransport": "false" } }]);
  });

  it("are encrypted with keys of S3: a load balancer can use no other", () => {
    assert.match(
      JSON.stringify(
        shop.only("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
      ),
      /"sseAlgorithm":"AES256"/,
    );
  });

  it("may be written before the load balancer is told to: it tries at once", () => {
    const waiting = shop.of("aws:lb/loadBalancer:LoadBalancer")[0]?.dependsOn ?? [];
    assert.ok(
      waiting.some((name) => name.startsWith("aws:s3/bucketPolicy:BucketPolicy")),
      waiting.join(),
    );
  });

  it("are about requests of browsers that were told to come by TLS only", () => {
    const listener = shop.of("aws:lb/listener:Listener").find(({ name }) => name === "slipway-prod-https");
    assert.equal(inputs(listener)["routingHttpResponseStrictTransportSecurityHeaderValue"], "max-age=31536000");
  });
});
