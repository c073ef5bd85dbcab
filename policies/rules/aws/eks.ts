import { holdEverybody } from "../../views/addresses.ts";
import { extendedEnd, KUBERNETES } from "../../../model/aws-releases.ts";
import { NODE_GROUP, type NodeGroupProps } from "../../views/nodes.ts";
import { everywhere, inProduction, limit, onRequest, resourceRule } from "../../judging/rule.ts";

interface ClusterProps {
  readonly accessConfig?: { readonly bootstrapClusterCreatorAdminPermissions?: boolean };
  readonly version?: string;
  readonly enabledClusterLogTypes?: readonly string[];
  readonly encryptionConfig?: { readonly resources?: readonly string[] };
  readonly vpcConfig?: {
    readonly endpointPublicAccess?: boolean;
    readonly endpointPrivateAccess?: boolean;
    readonly publicAccessCidrs?: readonly string[];
  };
}
const CLUSTER = ["aws:eks/cluster:Cluster"];
const items = [32];
const cluster = resourceRule<ClusterProps>();

export const controlPlaneLogs = cluster({
  id: "control-plane-logs",
  number: "A13",
  items,
  on: CLUSTER,
  severity: "medium",
  levels: inProduction,
  title: "The control plane writes all of its logs",
  why: "Without the audit log nobody can say who deleted the namespace.",
  fix: `enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"]`,
  limits: {
    types: limit<readonly string[]>("logs that must be on", [
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]),
  },
  *check({ props }, { limit: { types } }) {
    const absent = types.filter((type) => !props.enabledClusterLogTypes?.includes(type));
    if (absent.length > 0)
      yield { path: "enabledClusterLogTypes", found: `no ${absent.join(", ")}`, wanted: types.join(", ") };
  },
});

export const endpointPrivate = cluster({
  id: "endpoint-private",
  number: "A14",
  items,
  on: CLUSTER,
  severity: "medium",
  levels: onRequest,
  title: "The API server has no public address",
  why: "For organisations with a way into the network; others restrict the addresses (endpoint-restricted).",
  fix: `vpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true }`,
  *check({ props }) {
    const found = props.vpcConfig?.endpointPublicAccess;
    if (found !== false)
      yield {
        path: "vpcConfig.endpointPublicAccess",
        found: found === undefined ? "not set (true by default)" : String(found),
        wanted: "false",
      };
  },
});

export const endpointRestricted = cluster({
  id: "endpoint-restricted",
  number: "A15",
  items,
  on: CLUSTER,
  severity: "high",
  levels: inProduction,
  title: "Not everybody may knock at the API server",
  why: "An API server open to the world meets every new hole and every stolen token first.",
  fix: `vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] }`,
  *check({ props }) {
    const { endpointPublicAccess, publicAccessCidrs } = props.vpcConfig ?? {};
    if (endpointPublicAccess === false) return;
    const open = !publicAccessCidrs?.length || holdEverybody(publicAccessCidrs);
    if (open)
      yield {
        path: "vpcConfig.publicAccessCidrs",
        found: publicAccessCidrs?.join(", ") ?? "not set (0.0.0.0/0 by default)",
        wanted: "addresses of your networks",
      };
  },
});

export const endpointInside = cluster({
  id: "endpoint-inside",
  number: "C33",
  items,
  on: CLUSTER,
  severity: "medium",
  levels: inProduction,
  title: "Nodes reach the API server without leaving the network",
  why: "Without the private endpoint the nodes depend on the way out, and on being on the list of addresses.",
  fix: `vpcConfig: { endpointPrivateAccess: true }`,
  *check({ props }) {
    if (props.vpcConfig?.endpointPrivateAccess !== true)
      yield {
        path: "vpcConfig.endpointPrivateAccess",
        found: String(props.vpcConfig?.endpointPrivateAccess ?? "not set (false by default)"),
        wanted: "true",
      };
  },
});

export const secretsEncrypted = cluster({
  id: "secrets-encrypted",
  number: "A16",
  items: [32, 11],
  on: CLUSTER,
  severity: "high",
  levels: inProduction,
  title: "The cluster encrypts its Secrets with a key of your own",
  why: "Whoever reads a backup of etcd reads every password.",
  fix: `encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] }`,
  *check({ props }) {
    if (!props.encryptionConfig?.resources?.includes("secrets"))
      yield {
        path: "encryptionConfig.resources",
        found: props.encryptionConfig?.resources?.join(", ") || "none",
        wanted: `["secrets"]`,
      };
  },
});

export const creatorLeaves = cluster({
  id: "creator-leaves",
  number: "A33",
  items,
  on: CLUSTER,
  severity: "medium",
  levels: onRequest,
  title: "Who made the cluster does not stay its administrator",
  why: "The role that deploys is used by machines: it may do everything in the cluster for ever, until somebody deletes its access entry.",
  fix: `accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false } // and access entries for who administers`,
  *check({ props }) {
    const found = props.accessConfig?.bootstrapClusterCreatorAdminPermissions;
    if (found !== false)
      yield {
        path: "accessConfig.bootstrapClusterCreatorAdminPermissions",
        found: String(found ?? "not set (true by default)"),
        wanted: "false, and access entries",
      };
  },
});

export const clusterSupported = cluster({
  id: "cluster-supported",
  dated: true,
  number: "A17",
  items: [32, 36],
  on: CLUSTER,
  severity: "high",
  levels: everywhere,
  title: "The cluster's version is still supported",
  why: "Without support there are no security fixes, and AWS upgrades the cluster on a day of its choice.",
  fix: `version: "1.34"`,
  *check({ props }, { today }) {
    const oldest = KUBERNETES.find((release) => (extendedEnd(release) ?? today) >= today)?.version;
    const [found, least] = [minor(props.version), minor(oldest)];
    if (props.version === undefined) return; // EKS takes its newest
    if (found === undefined || (least !== undefined && found < least))
      yield {
        path: "version",
        found: `${props.version} on ${today}`,
        wanted: `>= ${oldest}, extended support included`,
      };
  },
});

function minor(version: string | number | undefined): number | undefined {
  const match = /^v?1\.(\d+)/.exec(String(version ?? ""));
  return match ? Number(match[1]) : undefined;
}

const nodes = resourceRule<NodeGroupProps>();

export const nodesClosed = nodes({
  id: "nodes-closed",
  number: "A18",
  items,
  on: [NODE_GROUP],
  severity: "high",
  levels: everywhere,
  title: "Nodes take SSH only from where they are told to",
  why: "With a key and no source, port 22 of every node is open to the world.",
  fix: `remoteAccess: { ec2SshKey: "ops", sourceSecurityGroupIds: [bastion.id] } // or no remoteAccess at all`,
  *check({ props }) {
    const sources = props.remoteAccess?.sourceSecurityGroupIds;
    if (props.remoteAccess?.ec2SshKey && (sources === undefined || (Array.isArray(sources) && sources.length === 0)))
      yield {
        path: "remoteAccess.sourceSecurityGroupIds",
        found: "not set, with an SSH key",
        wanted: "security groups",
      };
  },
});

export const nodesCanGrow = nodes({
  id: "nodes-can-grow",
  number: "C34",
  items,
  on: [NODE_GROUP],
  severity: "high",
  levels: inProduction,
  title: "A node group may grow beyond its smallest size",
  why: "A group that cannot grow leaves the pods of the autoscaler pending.",
  fix: `scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 6 }`,
  *check({ props }) {
    const { minSize = 0, desiredSize = minSize, maxSize = 0 } = props.scalingConfig ?? {};
    if (!(minSize <= desiredSize && desiredSize <= maxSize && maxSize > minSize))
      yield {
        path: "scalingConfig",
        found: `min ${minSize}, desired ${desiredSize}, max ${maxSize}`,
        wanted: "min <= desired <= max, and max > min",
      };
  },
});

export const spotBesideOnDemand = nodes({
  id: "spot-beside-on-demand",
  number: "C35",
  items,
  on: [NODE_GROUP],
  severity: "high",
  levels: inProduction,
  title: "Spot nodes stand beside nodes that stay",
  why: "AWS takes spot nodes back with two minutes' notice, all of a type at the same moment.",
  fix: `new aws.eks.NodeGroup("steady", { capacityType: "ON_DEMAND", scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 6 } })`,
  *across({ props }, { graph }) {
    const steady = graph
      .of<NodeGroupProps>(NODE_GROUP)
      .some((group) => (group.props.capacityType ?? "ON_DEMAND") === "ON_DEMAND");
    if (props.capacityType === "SPOT" && !steady)
      yield { path: "capacityType", found: "SPOT only", wanted: "an ON_DEMAND group beside it" };
  },
});
