package main

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var protocols = []core.Protocol{core.ProtocolTCP, core.ProtocolUDP, core.ProtocolSCTP}

// portMatches gives the matches of which one has to hold; an empty match holds always.
func portMatches(ports []networking.NetworkPolicyPort, holders []pod) []string {
	if len(ports) == 0 {
		return []string{""}
	}
	var matches []string
	for _, protocol := range protocols {
		matches = append(matches, protocolMatches(ports, protocol, holders)...)
	}
	return matches
}

func protocolMatches(ports []networking.NetworkPolicyPort, protocol core.Protocol, holders []pod) []string {
	var numbers, named []string
	word := strings.ToLower(string(protocol))
	for _, port := range ports {
		switch {
		case protocolOf(port) != protocol:
		case port.Port == nil:
			return []string{"meta l4proto " + word} // every port, so the others of this protocol say nothing more
		case port.Port.Type == intstr.String:
			named = append(named, namedPorts(port.Port.StrVal, protocol, holders)...)
		default:
			numbers = append(numbers, portRange(port))
		}
	}
	var matches []string
	if len(numbers) > 0 {
		matches = append(matches, fmt.Sprintf("%s dport { %s }", word, strings.Join(unique(mergeRanges(numbers)), ", ")))
	}
	if len(named) > 0 {
		matches = append(matches, fmt.Sprintf("ip daddr . %s dport { %s }", word, strings.Join(unique(named), ", ")))
	}
	return matches
}

func protocolOf(port networking.NetworkPolicyPort) core.Protocol {
	if port.Protocol == nil {
		return core.ProtocolTCP
	}
	return *port.Protocol
}

func portRange(port networking.NetworkPolicyPort) string {
	if port.EndPort == nil || *port.EndPort == port.Port.IntVal {
		return fmt.Sprint(port.Port.IntVal)
	}
	return fmt.Sprintf("%d-%d", port.Port.IntVal, *port.EndPort)
}

// namedPorts looks the name up in every pod by itself: two pods may give the same name to different numbers.
func namedPorts(name string, protocol core.Protocol, holders []pod) []string {
	var found []string
	for _, holder := range holders {
		for _, port := range holder.ports {
			same := port.Protocol == protocol || (port.Protocol == "" && protocol == core.ProtocolTCP)
			if port.Name == name && same {
				found = append(found, fmt.Sprintf("%s . %d", holder.address, port.ContainerPort))
			}
		}
	}
	return found
}

// mergeRanges joins overlapping ranges, which nft refuses inside one set.
func mergeRanges(ranges []string) []string {
	type span struct{ from, to int }
	spans := make([]span, len(ranges))
	for i, text := range ranges {
		if n, _ := fmt.Sscanf(text, "%d-%d", &spans[i].from, &spans[i].to); n < 2 {
			spans[i].to = spans[i].from
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var merged []span
	for _, next := range spans {
		if last := len(merged) - 1; last >= 0 && next.from <= merged[last].to {
			merged[last].to = max(merged[last].to, next.to)
			continue
		}
		merged = append(merged, next)
	}
	lines := make([]string, len(merged))
	for i, each := range merged {
		lines[i] = fmt.Sprintf("%d-%d", each.from, each.to)
		if each.from == each.to {
			lines[i] = fmt.Sprint(each.from)
		}
	}
	return lines
}

// withoutOverlap leaves out the networks that another one of the list contains.
func withoutOverlap(cidrs []string) []string {
	var kept []string
	for _, cidr := range unique(cidrs) {
		inside := slices.ContainsFunc(cidrs, func(other string) bool { return other != cidr && contains(other, cidr) })
		if !inside {
			kept = append(kept, cidr)
		}
	}
	return kept
}

func contains(outer, inner string) bool {
	a, errA := netip.ParsePrefix(outer)
	b, errB := netip.ParsePrefix(inner)
	return errA == nil && errB == nil && a.Bits() <= b.Bits() && a.Contains(b.Addr()) && (a.Bits() < b.Bits() || outer < inner)
}

func unique(values []string) []string {
	sorted := slices.Sorted(slices.Values(values))
	return slices.Compact(sorted)
}
