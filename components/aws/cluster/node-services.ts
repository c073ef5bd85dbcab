import type { types } from "@pulumi/kubernetes";
import { type Input, output, type Output } from "@pulumi/pulumi";
import { POD_IDENTITY_AGENT } from "./pod-credentials.ts";
import { metadata, type Owner } from "../../manifests/metadata.ts";

type NetworkPolicy = types.input.networking.v1.NetworkPolicy;
type Egress = types.input.networking.v1.NetworkPolicyEgressRule;

const TCP = "TCP";

/** Lets every pod of a namespace ask for addresses: Auto Mode has no name service in pods, but one on each node, behind an address of the services. */
export function allowNodeDns(owner: Owner, serviceCidr: Input<string>): NetworkPolicy {
  return policy(owner, [dns(serviceCidr)]);
}

/** The same, and credentials of AWS. */
export function allowNodeServices(owner: Owner, serviceCidr: Input<string>): NetworkPolicy {
  return policy(owner, [
    dns(serviceCidr),
    { to: [{ ipBlock: { cidr: `${POD_IDENTITY_AGENT}/32` } }], ports: [{ protocol: TCP, port: 80 }] },
  ]);
}

/** The API server as pods see it: Kubernetes gives it the first address of the services. */
export function apiServerBlock(serviceCidr: Input<string>): Output<string> {
  return output(serviceCidr).apply((cidr) => `${cidr.replace(/\.0\/\d+$/, ".1")}/32`);
}

function policy(owner: Owner, egress: Egress[]): NetworkPolicy {
  return { metadata: metadata(owner), spec: { podSelector: {}, policyTypes: ["Egress"], egress } };
}

function dns(cidr: Input<string>): Egress {
  return { to: [{ ipBlock: { cidr } }], ports: ["UDP", TCP].map((protocol) => ({ protocol, port: 53 })) };
}
