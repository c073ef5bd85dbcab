package main

import (
	"fmt"
	"slices"
	"strings"

	networking "k8s.io/api/networking/v1"
)

// direction holds the two words in which the rules of ingress and egress differ.
type direction struct {
	name string
	// peer is the address of the other side.
	peer string
}

var (
	ingress = direction{name: "ingress", peer: "saddr"}
	egress  = direction{name: "egress", peer: "daddr"}
)

// compile turns the policies into one nftables script that replaces the whole table in a single transaction.
//
// An address that is not in `known` is a pod whose rules are not in force yet, or nobody's: nothing passes from it or to
// it. So a table made from nothing holds every pod, and one that outlives this program holds every pod that came later.
//
// Egress and ingress are separate base chains of the same hook, because `accept` ends only its own base chain: a packet
// between two pods needs both. What the node itself sends (probes, logs) passes neither: it goes through the output hook.
// Services are rewritten to pod addresses before, in prerouting. Dropped, not rejected: who is not on the list times out.
func compile(now state) string {
	var out strings.Builder
	out.WriteString("add table ip slipway-policy\ndelete table ip slipway-policy\ntable ip slipway-policy {\n")
	writeKnown(&out, now)
	writeDirection(&out, now, ingress)
	writeDirection(&out, now, egress)
	writeBase(&out, "egress-to-pods", "forward", 0, egress)
	writeBase(&out, "egress-to-node", "input", 0, egress)
	writeBase(&out, "ingress-to-pods", "forward", 10, ingress)
	out.WriteString("}\n")
	return out.String()
}

// writeKnown goes by interface, not by address: whatever does not come from the link to the host comes from a pod.
func writeKnown(out *strings.Builder, now state) {
	addresses := make([]string, len(now.pods))
	for i, each := range now.pods {
		addresses[i] = each.address
	}
	out.WriteString("  set known {\n    type ipv4_addr\n")
	if len(addresses) > 0 {
		fmt.Fprintf(out, "    elements = { %s }\n", strings.Join(addresses, ", "))
	}
	out.WriteString("  }\n")
	base := func(chain, hook string) {
		fmt.Fprintf(out, "  chain %s {\n    type filter hook %s priority -10; policy accept;\n", chain, hook)
		out.WriteString("    ct state established,related accept\n") // the answers to the node's probes among them
	}
	base("hold-pods", "forward")
	fmt.Fprintf(out, "    iifname != %q ip saddr != @known drop\n    oifname != %q ip daddr != @known drop\n  }\n", now.uplink, now.uplink)
	base("hold-node", "input")
	fmt.Fprintf(out, "    iifname != { lo, %q } ip saddr != @known drop\n  }\n", now.uplink)
}

func writeBase(out *strings.Builder, chain, hook string, priority int, way direction) {
	isolated := map[string]string{"ingress": "daddr", "egress": "saddr"}[way.name]
	fmt.Fprintf(out, "  chain %s {\n    type filter hook %s priority %d; policy accept;\n", chain, hook, priority)
	fmt.Fprintf(out, "    ct state established,related accept\n    ip %s vmap @%s\n  }\n", isolated, way.name)
}

// writeDirection writes a chain for each policy, a chain for each isolated pod, and the map from pods to chains.
func writeDirection(out *strings.Builder, now state, way direction) {
	chainsOf := map[string][]string{}
	for _, policy := range now.policies {
		if !applies(policy, way) {
			continue
		}
		selected := selectedPods(now, policy)
		if len(selected) == 0 {
			continue
		}
		chain := chainName(way, policy)
		fmt.Fprintf(out, "  chain %s {\n", chain)
		for _, line := range policyRules(now, policy, selected, way) {
			fmt.Fprintf(out, "    %s\n", line)
		}
		out.WriteString("  }\n")
		for _, target := range selected {
			chainsOf[target.address] = append(chainsOf[target.address], chain)
		}
	}
	writePods(out, chainsOf, way)
}

func writePods(out *strings.Builder, chainsOf map[string][]string, way direction) {
	var verdicts []string
	for _, address := range sortedKeys(chainsOf) {
		chain := fmt.Sprintf("%s-pod-%s", way.name, address)
		// A pod reaches itself through its own Service, whatever the policies say.
		fmt.Fprintf(out, "  chain %s {\n    ip %s %s accept\n", chain, way.peer, address)
		for _, policy := range chainsOf[address] {
			fmt.Fprintf(out, "    jump %s\n", policy)
		}
		out.WriteString("    drop\n  }\n")
		verdicts = append(verdicts, fmt.Sprintf("%s : goto %s", address, chain))
	}
	fmt.Fprintf(out, "  map %s {\n    type ipv4_addr : verdict\n", way.name)
	if len(verdicts) > 0 {
		fmt.Fprintf(out, "    elements = { %s }\n", strings.Join(verdicts, ", "))
	}
	out.WriteString("  }\n")
}

// applies follows the API's own default: ingress always, egress only with egress rules.
func applies(policy *networking.NetworkPolicy, way direction) bool {
	types := policy.Spec.PolicyTypes
	if len(types) == 0 {
		return way == ingress || len(policy.Spec.Egress) > 0
	}
	if way == ingress {
		return slices.Contains(types, networking.PolicyTypeIngress)
	}
	return slices.Contains(types, networking.PolicyTypeEgress)
}

func policyRules(now state, policy *networking.NetworkPolicy, selected []pod, way direction) []string {
	var lines []string
	if way == ingress {
		for _, rule := range policy.Spec.Ingress {
			// A named port is a port of the pod the policy protects.
			lines = append(lines, allow(now, policy.Namespace, rule.From, rule.Ports, way, func([]pod) []pod { return selected })...)
		}
		return lines
	}
	for _, rule := range policy.Spec.Egress {
		// A named port is a port of the pod that is called.
		lines = append(lines, allow(now, policy.Namespace, rule.To, rule.Ports, way, func(peers []pod) []pod { return peers })...)
	}
	return lines
}

// chainName is readable, unique, and within the 128 characters nft prints without trouble.
func chainName(way direction, policy *networking.NetworkPolicy) string {
	name := fmt.Sprintf("%s-policy-%s/%s", way.name, policy.Namespace, policy.Name)
	if len(name) <= 100 {
		return name
	}
	return fmt.Sprintf("%s-%s", name[:80], digest(name))
}
