package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	netutils "k8s.io/utils/net"
)

// peer is one side of a rule: a match on addresses, and the pods behind it where they are known.
type peer struct {
	match string
	pods  []pod
}

// allow gives one accepting line for each pair of a peer and a group of ports.
// holders answers whose port a named port is, given the pods of the peer.
func allow(now state, namespace string, from []networking.NetworkPolicyPeer, ports []networking.NetworkPolicyPort, way direction, holders func([]pod) []pod) []string {
	var lines []string
	for _, side := range peersOf(now, namespace, from, way) {
		for _, match := range portMatches(ports, holders(side.pods)) {
			lines = append(lines, strings.TrimSpace(strings.Join([]string{side.match, match, "accept"}, " ")))
		}
	}
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(line), " ")
	}
	return lines
}

// peersOf gathers all pod selectors of a rule in one address set and gives every ipBlock a match of its own.
func peersOf(now state, namespace string, from []networking.NetworkPolicyPeer, way direction) []peer {
	if len(from) == 0 {
		return []peer{{match: "", pods: now.pods}}
	}
	var blocks []peer
	found := map[string]pod{}
	for _, each := range from {
		if each.IPBlock != nil {
			blocks = append(blocks, peer{match: blockMatch(each.IPBlock, way)})
			continue
		}
		for _, candidate := range now.pods {
			if isPeer(now, namespace, each, candidate) {
				found[candidate.address] = candidate
			}
		}
	}
	if len(found) == 0 {
		return blocks
	}
	addresses := sortedKeys(found)
	pods := make([]pod, len(addresses))
	for i, address := range addresses {
		pods[i] = found[address]
	}
	match := fmt.Sprintf("ip %s { %s }", way.peer, strings.Join(addresses, ", "))
	return append([]peer{{match: match, pods: pods}}, blocks...)
}

// isPeer: a namespace selector alone means all its pods, a pod selector alone means the policy's own namespace.
func isPeer(now state, namespace string, each networking.NetworkPolicyPeer, candidate pod) bool {
	if each.NamespaceSelector == nil && candidate.namespace != namespace {
		return false
	}
	if each.NamespaceSelector != nil && !matches(each.NamespaceSelector, now.namespaces[candidate.namespace]) {
		return false
	}
	return each.PodSelector == nil || matches(each.PodSelector, candidate.labels)
}

func blockMatch(block *networking.IPBlock, way direction) string {
	networks := networksOf([]string{block.CIDR})
	if len(networks) == 0 {
		return fmt.Sprintf("ip %s 255.255.255.255", way.peer) // IPv6: nothing in this cluster has such an address
	}
	match := fmt.Sprintf("ip %s %s", way.peer, networks[0])
	except := networksOf(block.Except)
	if len(except) == 0 {
		return match
	}
	return fmt.Sprintf("%s ip %s != { %s }", match, way.peer, strings.Join(withoutOverlap(except), ", "))
}

// networksOf gives the IPv4 networks in the one form that nft reads as the API server does: it takes 010 for 8, and two
// ways to write a network for two networks that overlap, and then loads no rule at all.
func networksOf(cidrs []string) []string {
	var networks []string
	for _, cidr := range cidrs {
		if _, network, err := netutils.ParseCIDRSloppy(cidr); err == nil && network.IP.To4() != nil {
			networks = append(networks, network.String())
		}
	}
	return networks
}

func selectedPods(now state, policy *networking.NetworkPolicy) []pod {
	var selected []pod
	for _, candidate := range now.pods {
		if candidate.namespace == policy.Namespace && matches(&policy.Spec.PodSelector, candidate.labels) {
			selected = append(selected, candidate)
		}
	}
	return selected
}

// matches treats a selector the API server would have refused as one that matches nothing.
func matches(selector *meta.LabelSelector, set labels.Set) bool {
	parsed, err := meta.LabelSelectorAsSelector(selector)
	return err == nil && parsed.Matches(set)
}

func sortedKeys[V any](table map[string]V) []string {
	return slices.Sorted(maps.Keys(table))
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}
