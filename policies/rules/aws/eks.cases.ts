import type { Cases } from "../../testing/case.ts";

const cluster = (name: string): string => `Cluster/shop ${name}`;
const nodes = (name: string): string => `NodeGroup/steady ${name}`;

// biome-ignore format: one case a line
export const cases: Cases = {
  "control-plane-logs": { fails: { [cluster("enabledClusterLogTypes")]: ["api", "audit", "authenticator", "scheduler"] }, boundary: { [cluster("enabledClusterLogTypes")]: ["scheduler", "controllerManager", "authenticator", "audit", "api"] } },
  "endpoint-private": { fails: { [cluster("vpcConfig")]: { endpointPrivateAccess: true, publicAccessCidrs: ["10.0.0.0/8"] } }, boundary: { [cluster("vpcConfig.endpointPublicAccess")]: false } },
  "endpoint-restricted": { given: { [cluster("vpcConfig.endpointPublicAccess")]: true }, fails: { [cluster("vpcConfig.publicAccessCidrs")]: ["10.0.0.0/8", "0.0.0.0/0"] }, boundary: { [cluster("vpcConfig.publicAccessCidrs")]: ["64.0.0.0/2"] } },
  "endpoint-inside": { fails: { [cluster("vpcConfig.endpointPrivateAccess")]: false }, boundary: { [cluster("vpcConfig.endpointPrivateAccess")]: true } },
  "secrets-encrypted": { fails: { [cluster("encryptionConfig.resources")]: [] }, boundary: { [cluster("encryptionConfig.resources")]: ["secrets"] } },
  "creator-leaves": { fails: { [cluster("accessConfig.bootstrapClusterCreatorAdminPermissions")]: true }, boundary: { [cluster("accessConfig.bootstrapClusterCreatorAdminPermissions")]: false } },
  "cluster-supported": { fails: { [cluster("version")]: "1.29" }, boundary: { [cluster("version")]: "1.30" } },
  "nodes-closed": { fails: { [nodes("remoteAccess.sourceSecurityGroupIds")]: [] }, boundary: { [nodes("remoteAccess")]: { sourceSecurityGroupIds: [] } } },
  "nodes-can-grow": { fails: { [nodes("scalingConfig.minSize")]: 6, [nodes("scalingConfig.desiredSize")]: 6 }, boundary: { [nodes("scalingConfig.minSize")]: 5, [nodes("scalingConfig.desiredSize")]: 6 } },
  "spot-beside-on-demand": { fails: { [nodes("capacityType")]: "SPOT" }, boundary: { [nodes("capacityType")]: undefined } },
};
