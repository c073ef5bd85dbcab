import { BlockList } from "node:net";
import type { Recorded } from "./record-resources.ts";

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[];
}
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Policy {
  readonly metadata: { readonly namespace: string };
  readonly spec: {
    readonly podSelector: Selector;
    readonly egress?: readonly {
      readonly to?: readonly Peer[];
      readonly ports?: readonly { readonly protocol: string; readonly port: number | string }[];
    }[];
  };
}

/** A pod by its namespace and labels, or an address; and the port that is called there. */
export interface Target {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly address?: string;
  readonly port: number;
  readonly protocol?: "TCP" | "UDP";
}

/** What the declared policies together let a pod connect to, as Kubernetes defines it: one of them is enough. */
export function maySend(
  resources: readonly Recorded[],
  namespace: string,
  labels: Readonly<Record<string, string>>,
  target: Target,
): boolean {
  return resources
    .filter(({ type }) => type.endsWith(":NetworkPolicy"))
    .map(({ inputs }) => inputs as Policy)
    .filter(({ metadata, spec }) => metadata.namespace === namespace && selects(spec.podSelector, labels))
    .flatMap(({ spec }) => spec.egress ?? [])
    .some(
      ({ to, ports }) =>
        (!to?.length || to.some((peer) => isPeer(peer, namespace, target))) &&
        (!ports?.length ||
          ports.some(({ protocol, port }) => protocol === (target.protocol ?? "TCP") && port === target.port)),
    );
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, home: string, target: Target): boolean {
  if (ipBlock) return target.address !== undefined && within(ipBlock, target.address);
  if (target.namespace === undefined) return false;
  const there = namespaceSelector
    ? selects(namespaceSelector, { "kubernetes.io/metadata.name": target.namespace })
    : target.namespace === home;
  return there && selects(podSelector ?? {}, target.labels ?? {});
}

function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ""))
  );
}

function within({ cidr, except = [] }: NonNullable<Peer["ipBlock"]>, address: string): boolean {
  const holds = (block: string): boolean => {
    const [net = "", bits = ""] = block.split("/");
    const list = new BlockList();
    list.addSubnet(net, Number(bits));
    return list.check(address);
  };
  return holds(cidr) && !except.some(holds);
}
