import type { Input } from "@pulumi/pulumi";
import { LABEL } from "../../../model/names.ts";
import type { CustomObject } from "../../manifests/custom-object.ts";
import type { NodeParts } from "./node-parts.ts";

/** Name of the class and of the pool; "default", "system" and "general-purpose" are EKS's. */
const NAME = "slipway";
const metadata = { name: NAME, labels: { [LABEL.name]: NAME, [LABEL.managedBy]: "slipway" } };

/** Where nodes of Auto Mode stand, by which role they join and what is written on what EC2 makes for them. */
export function nodeClass({ subnetIds, securityGroupId, tags }: NodeParts, role: Input<string>): CustomObject {
  return {
    apiVersion: "eks.amazonaws.com/v1",
    kind: "NodeClass",
    metadata,
    spec: {
      role,
      subnetSelectorTerms: subnetIds.map((id) => ({ id })),
      securityGroupSelectorTerms: [{ id: securityGroupId }],
      tags,
    },
  };
}

/** Which machines EKS may choose, and how it replaces them; otherwise as its own `general-purpose`. */
export function nodePool({ platform }: NodeParts): CustomObject {
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata,
    spec: {
      template: {
        spec: {
          nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name: NAME },
          requirements: requirements(platform),
          expireAfter: "336h",
          terminationGracePeriod: "24h0m0s",
        },
      },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        consolidateAfter: "30s",
        budgets: [{ nodes: "10%" }],
      },
    },
  };
}

function requirements(platform: NodeParts["platform"]): { key: string; operator: "In" | "Gt"; values: string[] }[] {
  return [
    { key: "kubernetes.io/arch", operator: "In", values: [platform.replace("linux/", "")] },
    { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
    { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
    { key: "eks.amazonaws.com/instance-category", operator: "In", values: ["c", "m", "r"] },
    { key: "eks.amazonaws.com/instance-generation", operator: "Gt", values: ["4"] },
  ];
}
