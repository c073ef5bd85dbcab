import type { AwsSettings } from "../account/settings.ts";

type Account = Pick<AwsSettings, "accountId" | "region">;

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, string>> };
}

/** Buckets of this account for who belongs to it, and the one from which ECR has the layers of images read by signed addresses (AWS: "Minimum Amazon S3 bucket permissions for Amazon ECR"). */
export function bucketPolicy({ accountId, region }: Account): string {
  const ours = { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId };
  return everybody([
    { Action: "*", Resource: "*", Condition: { StringEquals: ours } },
    { Action: "s3:GetObject", Resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/*` },
  ]);
}

/** Services for who belongs to this account: data leave by nobody else's keys. Of STS also who has no keys yet and asks for a role of this account. */
export function servicePolicy(service: string, { accountId }: Account): string {
  const ours: Statement = {
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
  };
  const keyless: Statement = {
    Action: ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"],
    Resource: `arn:aws:iam::${accountId}:role/*`,
  };
  return everybody(service === "sts" ? [ours, keyless] : [ours]);
}

function everybody(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", Principal: "*", ...statement })),
  });
}
