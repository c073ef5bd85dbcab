import type { Cases } from "../../testing/case.ts";

const open = (more: object): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*", ...more }] });
const endpoint = { type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: "s3", props: { policy: open({ Resource: "a" }) } };
const vpc = { type: "aws:ec2/vpc:Vpc", name: "shop", props: { cidrBlock: "10.0.0.0/16" } };
const group = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  name: "unused",
  props: { vpcId: "vpc-1", ingress: [], egress: [] },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "endpoint-limited": { given: { "+": [endpoint] }, fails: { "VpcEndpoint/s3 policy": open({}) }, boundary: { "VpcEndpoint/s3 policy": open({ Condition: { StringEquals: { "aws:PrincipalAccount": "1" } } }) } },
  "default-group-empty": { given: { "+": [vpc, group] }, fails: { "DefaultSecurityGroup/unused egress": [{ protocol: "-1" }] }, boundary: { "DefaultSecurityGroup/unused egress": undefined } },
};
