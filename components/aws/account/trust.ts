import { type Input, type Output, output } from "@pulumi/pulumi";
import type { AwsSettings } from "./settings.ts";

type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A service that may take on a role for its things of this account, such as `db:*` of RDS; for those of another customer it is refused. */
export function trustFor(
  { accountId, region }: Pick<AwsSettings, "accountId" | "region">,
  principal: string,
  [service, things]: readonly [service: string, things: string],
): string {
  const arn = `arn:aws:${service}:${region}:${accountId}:${things}`;
  return trust(principal, ["sts:AssumeRole"], {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": arn },
  });
}

/** Machines of this account: EC2 gives a role to no others, and says of none for whom it asks. */
export function machineTrust(): string {
  return trust("ec2.amazonaws.com", ["sts:AssumeRole"]);
}

/** Pods of this cluster whose service account EKS vouches for. */
export function podTrust(clusterArn: Input<string>): Output<string> {
  return output(clusterArn).apply((arn) =>
    trust("pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"], {
      StringEquals: { "aws:SourceAccount": arn.split(":")[4] ?? "" },
      ArnEquals: { "aws:SourceArn": arn },
    }),
  );
}

function trust(service: string, actions: readonly string[], condition?: Condition): string {
  const statement = { Effect: "Allow", Principal: { Service: service }, Action: actions };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ ...statement, ...(condition ? { Condition: condition } : {}) }],
  });
}
