import "@pulumi/aws/eks/index.js"; // teaches the SDK what the cluster inside @pulumi/eks is
import { getClusterOutput } from "@pulumi/aws/eks/getCluster.js";
import { Cluster as EksCluster } from "@pulumi/eks/cluster.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { clusterDefaults } from "./cluster-defaults.ts";
import { encryptionKey } from "./encryption-key.ts";
import type { NetworkConnection } from "./network.ts";
import { nodeGroups } from "./node-groups.ts";
import { type AwsSettings, type NewCluster, SERVICE_CIDR } from "./settings.ts";
import { TYPE } from "./type-tokens.ts";

/** How the rest reaches the cluster. */
export interface ClusterConnection {
  readonly name: string;
  readonly provider: Provider;
  readonly storageClass: pulumi.Input<string>;
  /** Security group of nodes and pods. */
  readonly securityGroupId: pulumi.Input<string>;
}

const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/** Groups, add-ons and security group of the nodes are ours or EKS's (node-groups.ts, cluster-defaults.ts): @pulumi/eks would make each a second time. */
const OWN_NODES = { skipDefaultNodeGroup: true, createInstanceRole: false, skipDefaultSecurityGroups: true, useDefaultVpcCni: true, kubeProxyAddonOptions: { enabled: false } } as const;

interface ClusterArgs { readonly settings: AwsSettings; readonly plan: NewCluster; readonly network: NetworkConnection }

/** Kubernetes, run by EKS: private by default, its secrets encrypted, every control-plane log kept. */
export class Cluster extends pulumi.ComponentResource implements ClusterConnection {
  readonly name: string;
  readonly provider: Provider;
  readonly storageClass: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, { settings, plan, network }: ClusterArgs, opts: pulumi.ComponentResourceOptions) {
    super(TYPE.cluster, name, { version: plan.version, compute: plan.compute }, opts);
    const child = { parent: this };
    const key = encryptionKey(name, settings.accountId, [], child);
    const cluster = new EksCluster(name, eksArguments(name, plan, network, key.arn), { ...child, protect: true });
    const eks = cluster.eksCluster;

    this.name = name;
    this.securityGroupId = eks.apply((made) => pulumi.output(made.vpcConfig).apply((vpc) => vpc.clusterSecurityGroupId));
    const nodes = plan.compute === "node-groups" ? nodeGroups(name, { version: plan.version, platform: settings.images.platforms[0] }, network.privateSubnetIds, { ...child, dependsOn: cluster }) : [];
    this.provider = new Provider(name, { kubeconfig: cluster.kubeconfigJson, clusterIdentifier: name }, { ...child, dependsOn: nodes });
    this.storageClass = clusterDefaults(name, plan, { ...child, provider: this.provider }, { ...child, dependsOn: [cluster, ...nodes] });
    this.registerOutputs({ name });
  }
}

function eksArguments(name: string, plan: NewCluster, network: NetworkConnection, keyArn: pulumi.Output<string>): ConstructorParameters<typeof EksCluster>[1] {
  return {
    name, version: plan.version, vpcId: network.vpcId,
    privateSubnetIds: [...network.privateSubnetIds], publicSubnetIds: [],
    endpointPrivateAccess: true,
    endpointPublicAccess: plan.publicCidrs.length > 0,
    ...(plan.publicCidrs.length > 0 ? { publicAccessCidrs: [...plan.publicCidrs] } : {}),
    encryptionConfigKeyArn: keyArn, enabledClusterLogTypes: LOGS,
    kubernetesServiceIpAddressRange: SERVICE_CIDR,
    authenticationMode: "API",
    accessEntries: Object.fromEntries(plan.adminRoles.map((principalArn) => [
      `admin-${principalArn.split("/").at(-1) ?? "role"}`, { principalArn, accessPolicies: { admin: { policyArn: ADMIN_POLICY, accessScope: { type: "cluster" } } } },
    ])),
    ...(plan.compute === "auto" ? { autoMode: { enabled: true } } : OWN_NODES),
    deletionProtection: true,
    upgradePolicy: { supportType: "STANDARD" }, // extended support costs six times as much; versions are moved before they expire
  };
}

/** Somebody else's cluster, found by its name. */
export function existingCluster(name: string, region: string, opts: pulumi.CustomResourceOptions): ClusterConnection {
  const found = getClusterOutput({ name }, { ...(opts.provider ? { provider: opts.provider } : {}) });
  const kubeconfig = pulumi.all([found.endpoint, found.certificateAuthorities]).apply(([server, authorities]) => JSON.stringify({
    apiVersion: "v1", kind: "Config", "current-context": "aws",
    clusters: [{ name: "aws", cluster: { server, "certificate-authority-data": authorities[0]?.data } }],
    contexts: [{ name: "aws", context: { cluster: "aws", user: "aws" } }],
    users: [{ name: "aws", user: { exec: { apiVersion: "client.authentication.k8s.io/v1beta1", command: "aws", args: ["eks", "get-token", "--cluster-name", name, "--region", region] } } }],
  }));
  return {
    name, storageClass: "gp3", securityGroupId: found.vpcConfig.clusterSecurityGroupId,
    provider: new Provider(name, { kubeconfig, clusterIdentifier: name }, opts.parent ? { parent: opts.parent } : {}),
  };
}
