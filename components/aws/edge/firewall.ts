import { WebAcl } from "@pulumi/aws/wafv2/webAcl.js";
import { WebAclAssociation } from "@pulumi/aws/wafv2/webAclAssociation.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";

/** Rule sets that AWS keeps up to date, in the order in which they are asked. */
const SETS = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesSQLiRuleSet",
];

/** Known attacks are turned away before they reach a system. */
export function firewall(name: string, balancerArn: Input<string>, opts: CustomResourceOptions): void {
  const visible = (metricName: string) => ({
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
    metricName,
  });
  const acl = new WebAcl(
    name,
    {
      name,
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visible(name),
      rules: SETS.map((set, index) => ({
        name: set,
        priority: index + 1,
        overrideAction: { none: {} },
        visibilityConfig: visible(set),
        statement: { managedRuleGroupStatement: { vendorName: "AWS", name: set } },
      })),
    },
    opts,
  );
  new WebAclAssociation(name, { webAclArn: acl.arn, resourceArn: balancerArn }, opts);
}
