import "@pulumi/aws/eks/index.js"; // teaches the SDK what the cluster inside @pulumi/eks is
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Tag } from "@pulumi/aws/ec2/tag.js";
import { getCluster } from "@pulumi/aws/eks/getCluster.js";
import { Cluster as EksCluster } from "@pulumi/eks/cluster.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { settingsFile } from "../../../model/setting-fix.ts";
import { autoNodes } from "./auto-nodes.ts";
import { clusterDefaults } from "./cluster-defaults.ts";
import { encryptionKey, logWriter } from "../account/encryption-key.ts";
import { lookedUp } from "../account/looked-up.ts";
import { allowIn } from "../network/allow-in.ts";
import type { NetworkConnection } from "../network/network.ts";
import { nodeGroups } from "./node-groups.ts";
import type { NodeParts } from "./node-parts.ts";
import { type AwsSettings, type NewCluster, SERVICE_CIDR } from "../account/settings.ts";
import type { Tags } from "../account/tags.ts";
import { TYPE } from "../account/type-tokens.ts";

/** How the rest reaches the cluster. */
export interface ClusterConnection {
  /** Known once it is there: what names it, waits for it. */
  readonly name: pulumi.Input<string>;
  readonly arn: pulumi.Input<string>;
  readonly provider: Provider;
  readonly storageClass: pulumi.Input<string>;
  /** Security group of nodes and pods. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Addresses of its services; the name service of a node has one of them. */
  readonly serviceCidr: pulumi.Input<string>;
}

/** EKS's own node pools cannot be given tags, so there are none; a role belongs to them only and is refused without them. */
const AUTO_MODE = { enabled: true, createNodeRole: false, computeConfig: { nodePools: [] } };

const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
/** Long enough to look back over a quarter's incident, as with the network's records. */
const LOG_DAYS = 90;
const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/**
 * Nodes, their role, add-ons and security group are ours or EKS's (auto-nodes.ts, node-groups.ts, cluster-defaults.ts). Unless it is told so,
 * @pulumi/eks makes each a second time, with Auto Mode too: a role and a CoreDNS that would wait for nodes before there are any.
 */
const OWN_NODES = {
  skipDefaultNodeGroup: true,
  createInstanceRole: false,
  skipDefaultSecurityGroups: true,
  useDefaultVpcCni: true,
  kubeProxyAddonOptions: { enabled: false },
  corednsAddonOptions: { enabled: false },
} as const;

interface ClusterArgs {
  readonly settings: AwsSettings;
  readonly plan: NewCluster;
  readonly network: NetworkConnection;
  readonly tags: Tags;
}

/** Kubernetes, run by EKS: private by default, its secrets encrypted, every control-plane log kept. */
export class Cluster extends pulumi.ComponentResource implements ClusterConnection {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly provider: Provider;
  readonly storageClass: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly serviceCidr = SERVICE_CIDR;

  constructor(name: string, { settings, plan, network, tags }: ClusterArgs, opts: pulumi.ComponentResourceOptions) {
    super(TYPE.cluster, name, { version: plan.version, compute: plan.compute }, opts);
    const child = { parent: this };
    const records = `/aws/eks/${name}/cluster`; // EKS writes there; a group that it makes itself is kept for ever
    const key = encryptionKey(name, settings.accountId, [logWriter(settings, [records])], child);
    const logs = new LogGroup(name, { name: records, retentionInDays: LOG_DAYS, kmsKeyId: key.arn }, child);
    const cluster = new EksCluster(name, eksArguments(name, plan, network, key.arn), {
      ...child,
      protect: true,
      dependsOn: logs,
    });
    const eks = cluster.eksCluster;

    this.name = eks.name;
    this.arn = eks.arn;
    this.securityGroupId = eks.vpcConfig.clusterSecurityGroupId;
    tagSecurityGroup(name, this.securityGroupId, tags, child);
    const door = apiFromInside(name, this.securityGroupId, network.cidr, child);
    const parts: NodeParts = {
      version: plan.version,
      platform: settings.images.platforms[0],
      subnetIds: network.privateSubnetIds,
      securityGroupId: this.securityGroupId,
      clusterRoleArn: eks.roleArn,
      tags,
    };
    const groups = plan.compute === "node-groups" ? nodeGroups(name, parts, { ...child, dependsOn: cluster }) : [];
    this.provider = new Provider(
      name,
      { kubeconfig: cluster.kubeconfigJson, clusterIdentifier: name },
      { ...child, dependsOn: [door, ...groups] },
    );
    const inside = { ...child, provider: this.provider };
    const nodes = plan.compute === "auto" ? autoNodes(name, parts, inside, { ...child, dependsOn: cluster }) : groups;
    this.storageClass = clusterDefaults({ name, arn: this.arn }, plan, tags, inside, {
      ...child,
      dependsOn: [cluster, ...nodes],
    });
    this.registerOutputs({ name });
  }
}

/** EKS makes the group of nodes and pods, and gives it no tags. */
function tagSecurityGroup(
  name: string,
  resourceId: pulumi.Input<string>,
  tags: Tags,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [key, value] of Object.entries(tags)) new Tag(`${name}-${key}`, { resourceId, key, value }, opts);
}

/** Who is in the network may knock at the private API server: EKS itself lets in nothing but nodes. */
function apiFromInside(
  name: string,
  securityGroupId: pulumi.Input<string>,
  cidrIpv4: string,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const description = "API server from the network";
  return allowIn(`${name}-api`, { securityGroupId, from: { cidrIpv4 }, port: 443, description }, opts);
}

function eksArguments(
  name: string,
  plan: NewCluster,
  network: NetworkConnection,
  keyArn: pulumi.Output<string>,
): ConstructorParameters<typeof EksCluster>[1] {
  return {
    name,
    version: plan.version,
    vpcId: network.vpcId,
    privateSubnetIds: [...network.privateSubnetIds],
    publicSubnetIds: [],
    endpointPrivateAccess: true,
    endpointPublicAccess: plan.publicCidrs.length > 0,
    ...(plan.publicCidrs.length > 0 ? { publicAccessCidrs: [...plan.publicCidrs] } : {}),
    encryptionConfigKeyArn: keyArn,
    enabledClusterLogTypes: LOGS,
    kubernetesServiceIpAddressRange: SERVICE_CIDR,
    authenticationMode: "API",
    accessEntries: Object.fromEntries(
      plan.adminRoles.map((principalArn) => [
        `admin-${principalArn.split("/").at(-1) ?? "role"}`,
        { principalArn, accessPolicies: { admin: { policyArn: ADMIN_POLICY, accessScope: { type: "cluster" } } } },
      ]),
    ),
    ...OWN_NODES,
    ...(plan.compute === "auto" ? { autoMode: AUTO_MODE } : {}),
    deletionProtection: true,
    upgradePolicy: { supportType: "STANDARD" }, // extended support costs six times as much; versions are moved before they expire
  };
}

/** Somebody else's cluster, found by its name. */
export function existingCluster(name: string, region: string, opts: pulumi.CustomResourceOptions): ClusterConnection {
  const found = lookedUp(getCluster({ name }, { ...(opts.provider ? { provider: opts.provider } : {}) }), {
    key: "slipway:existingCluster",
    value: name,
    allowed: `a cluster of EKS in ${region}`,
    fix: `write one that \`aws eks list-clusters --region ${region}\` lists as slipway:existingCluster in ${settingsFile(pulumi.getStack())}`,
  });
  const kubeconfig = pulumi.all([found.endpoint, found.certificateAuthorities]).apply(([server, authorities]) =>
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "aws",
      clusters: [{ name: "aws", cluster: { server, "certificate-authority-data": authorities[0]?.data } }],
      contexts: [{ name: "aws", context: { cluster: "aws", user: "aws" } }],
      users: [
        {
          name: "aws",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: ["eks", "get-token", "--cluster-name", name, "--region", region],
            },
          },
        },
      ],
    }),
  );
  return {
    name,
    arn: found.arn,
    storageClass: "gp3",
    securityGroupId: found.vpcConfig.clusterSecurityGroupId,
    serviceCidr: found.kubernetesNetworkConfigs.apply(([config]) => config?.serviceIpv4Cidr ?? SERVICE_CIDR),
    provider: new Provider(name, { kubeconfig, clusterIdentifier: name }, opts.parent ? { parent: opts.parent } : {}),
  };
}
