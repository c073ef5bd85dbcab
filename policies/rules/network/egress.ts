import type { NetworkPolicy, Peer, PolicyRule } from "../../views/network-policies.ts";
import { inProduction, notApplicable, resourceRule } from "../../judging/rule.ts";

/** Blocks of every address there is. */
const EVERY_ADDRESS = ["0.0.0.0/0", "::/0"];

export const egressIsLimited = resourceRule<NetworkPolicy["props"]>()({
  id: "egress-is-limited",
  number: "C85",
  items: [28],
  on: ["NetworkPolicy"],
  severity: "high",
  levels: inProduction,
  title: "Every rule of a network policy says where to",
  why: "An empty egress rule lets pods send anywhere: to every database, to the cloud's credentials, to whoever broke in.",
  fix: `egress: [{ to: [{ podSelector: { matchLabels: calleeLabels } }], ports: [{ protocol: "TCP", port: 8080 }] }]`,
  *check({ props }) {
    const rules = props.spec?.egress ?? [];
    if (rules.length === 0) return notApplicable;
    for (const [index, rule] of rules.entries()) {
      if (!rule.to?.length)
        yield { path: `spec.egress[${index}]`, found: "no to, which is everybody", wanted: "pods or address blocks" };
      else if (rule.to.some(isEverybody) && !limitsPorts(rule))
        yield {
          path: `spec.egress[${index}].to`,
          found: "every address at every port",
          wanted: "ports, or fewer addresses",
        };
    }
  },
});

function isEverybody({ ipBlock }: Peer): boolean {
  return ipBlock !== undefined && EVERY_ADDRESS.includes(ipBlock.cidr ?? "") && !ipBlock.except?.length;
}

function limitsPorts({ ports }: PolicyRule): boolean {
  return (ports ?? []).some(({ port }) => port !== undefined);
}
