import type { NetworkPolicy, Peer, PolicyRule } from "../../views/network-policies.ts";
import type { Graph } from "../../resources/graph.ts";
import { intentFor, type Intent } from "../../views/intent.ts";
import { reachesExistingStore } from "../../views/weaknesses.ts";
import { inProduction, notApplicable, type Problem, resourceRule } from "../../judging/rule.ts";

/** Blocks of every address there is. */
const EVERY_ADDRESS = ["0.0.0.0/0", "::/0"];

export const egressIsLimited = resourceRule<NetworkPolicy["props"]>()({
  id: "egress-is-limited",
  number: "C85",
  items: [28],
  on: ["NetworkPolicy"],
  severity: "high",
  levels: inProduction,
  title: "Every rule of a network policy says where to, and outside only a declared third party's port",
  why: "An empty egress rule lets pods send anywhere: to every database, to the cloud's credentials, to whoever broke in.",
  fix: `egress: [{ to: [{ podSelector: { matchLabels: calleeLabels } }], ports: [{ protocol: "TCP", port: 8080 }] }]`,
  *across(policy, { graph }) {
    const rules = policy.props.spec?.egress ?? [];
    if (rules.length === 0) return notApplicable;
    const intent = whoseRules(graph, policy);
    for (const [index, rule] of rules.entries()) {
      if (!rule.to?.length)
        yield { path: `spec.egress[${index}]`, found: "no to, which is everybody", wanted: "pods or address blocks" };
      else if (rule.to.some(isEverybody) && !limitsPorts(rule))
        yield {
          path: `spec.egress[${index}].to`,
          found: "every address at every port",
          wanted: "ports, or fewer addresses",
        };
      else if (intent?.outside)
        yield* undeclared(graph, { ...intent, outside: intent.outside }, rule, `spec.egress[${index}]`);
    }
  },
});

/** The program that a policy is about, where its intent is known; a policy of several programs is nobody's. */
function whoseRules(graph: Graph, policy: NetworkPolicy): Intent | undefined {
  const chosen = graph.workloads.filter((workload) =>
    graph.selecting<NetworkPolicy["props"]>("NetworkPolicy", workload).includes(policy),
  );
  const known = [...new Set(chosen.map((workload) => intentFor(graph, workload)))];
  return known.length === 1 ? known[0] : undefined;
}

/** What leaves the cluster, and no description says to whom. */
function* undeclared(
  graph: Graph,
  intent: Intent & { readonly outside: readonly number[] },
  { to = [], ports = [] }: PolicyRule,
  path: string,
): Iterable<Problem> {
  const world = to.filter(({ ipBlock }) => EVERY_ADDRESS.includes(ipBlock?.cidr ?? ""));
  if (world.length === 0) return;
  const anywhere = intent.sendsTraces || reachesExistingStore(graph, intent); // their addresses are settings of the stack
  const numbers = ports.map(({ port }) => Number(port));
  const strange = numbers.filter((port) => !intent.outside.includes(port));
  if ((strange.length > 0 || numbers.length === 0) && !anywhere)
    yield {
      path,
      found: numbers.length === 0 ? "every address at every port" : `every address at port ${strange.join(", ")}`,
      wanted:
        intent.outside.length > 0 ? `ports ${intent.outside.join(", ")}, as declared` : "no third party, as declared",
    };
  const needed = anywhere ? LINK_LOCAL : INSIDE;
  const open = needed.filter((block) => world.some(({ ipBlock }) => !ipBlock?.except?.includes(block)));
  if (open.length > 0 && world.some(({ ipBlock }) => ipBlock?.cidr === "0.0.0.0/0"))
    yield { path: `${path}.to`, found: `third parties in ${open.join(", ")}`, wanted: `except ${needed.join(", ")}` };
}

/** The cloud's own metadata, with the rights of the machine. */
const LINK_LOCAL = ["169.254.0.0/16"];
/** Private addresses (RFC 1918), where neighbours and stores are that nobody declared. */
const INSIDE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", ...LINK_LOCAL];

function isEverybody({ ipBlock }: Peer): boolean {
  return ipBlock !== undefined && EVERY_ADDRESS.includes(ipBlock.cidr ?? "") && !ipBlock.except?.length;
}

function limitsPorts({ ports }: PolicyRule): boolean {
  return (ports ?? []).some(({ port }) => port !== undefined);
}
