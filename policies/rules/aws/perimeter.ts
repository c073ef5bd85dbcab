import type { Graph } from "../../resources/graph.ts";
import { inProduction, notApplicable, resourceRule } from "../../judging/rule.ts";
import { type PolicyDocument, type Statement, statementsOf } from "../../views/access/iam.ts";
import { meansEverybody } from "../../views/access/principals.ts";

const VPC = "aws:ec2/vpc:Vpc";
const items = [28];

export const endpointLimited = resourceRule<{
  readonly policy?: PolicyDocument;
  readonly vpcEndpointType?: string;
}>()({
  id: "endpoint-limited",
  number: "A29",
  items,
  on: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
  severity: "medium",
  levels: inProduction,
  title: "A way to a service of AWS says who may go it, and where to",
  why: "An endpoint without a policy leads to every bucket of every customer: data leave with keys of another account, and no firewall sees it.",
  fix: `policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId } } }] })`,
  *check({ props }) {
    if (props.vpcEndpointType === "GatewayLoadBalancer") return notApplicable; // takes no policy
    if (props.policy === undefined)
      return yield { path: "policy", found: "none, which allows everything", wanted: "one that names accounts" };
    for (const [index, statement] of statementsOf(props.policy).entries())
      if (meansEverybody(statement) && meansEverything(statement))
        yield {
          path: `policy.Statement[${index}]`,
          found: "everybody may do everything with everything",
          wanted: "a condition, or the resources that are needed",
        };
  },
});

function meansEverything({ Resource }: Statement): boolean {
  return [Resource].flat().includes("*");
}

interface Group {
  readonly vpcId?: string;
  readonly ingress?: readonly unknown[];
  readonly egress?: readonly unknown[];
}

export const defaultGroupEmpty = resourceRule<{ readonly id?: string }>()({
  id: "default-group-empty",
  number: "A30",
  items,
  on: [VPC],
  severity: "medium",
  levels: inProduction,
  title: "The default security group of a network lets nothing in or out",
  why: "Whatever is made without a group of its own gets it, and may then talk to all others that were forgotten, and to the internet.",
  fix: `new aws.ec2.DefaultSecurityGroup("unused", { vpcId: vpc.id, ingress: [], egress: [] })`,
  *across(vpc, { graph }) {
    const [group] = defaultGroups(graph, vpc.props);
    if (!group) return yield { path: "cidrBlock", found: "the default group as AWS makes it", wanted: "an empty one" };
    for (const direction of ["ingress", "egress"] as const)
      if ((group.props[direction] ?? []).length > 0)
        yield { path: direction, found: `${group.props[direction]?.length} rules`, wanted: "none", on: group };
  },
});

/** Of this network; where there is one network only, nobody need know its id yet. */
function defaultGroups(graph: Graph, { id }: { readonly id?: string }) {
  const all = graph.of<Group>("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
  return graph.of(VPC).length === 1 ? all : all.filter(({ props }) => props.vpcId === id);
}
