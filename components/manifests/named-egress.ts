import type { OutsidePlan } from "../../model/plan/edges/outside.ts";
import type { CustomObject } from "./custom-object.ts";
import { metadata, type Owner, selector } from "./metadata.ts";

/**
 * Lets a program out to its third parties by their names, where the nodes can hold it to them (EKS Auto Mode since December
 * 2025): an address block would be the whole internet, and a third party's own addresses change.
 */
export function namedEgress(owner: Owner, outside: readonly OutsidePlan[]): CustomObject {
  return {
    apiVersion: "networking.k8s.aws/v1alpha1",
    kind: "ApplicationNetworkPolicy",
    metadata: metadata(owner),
    spec: {
      podSelector: { matchLabels: selector(owner) },
      policyTypes: ["Egress"],
      egress: outside.map(({ host, port }) => ({
        to: [{ domainNames: [host] }],
        ports: [{ protocol: "TCP", port }],
      })),
    },
  };
}
