package main

import (
	"net/netip"
	"slices"
	"sort"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
)

// pod is what of a pod a policy can be about.
type pod struct {
	namespace string
	address   string
	labels    labels.Set
	ports     []core.ContainerPort
}

// state is the whole input of the compiler, in a fixed order.
type state struct {
	// uplink is the interface that leads to the host; every other one leads to a pod.
	uplink string
	// pods have each an address of their own.
	pods       []pod
	namespaces map[string]labels.Set
	policies   []*networking.NetworkPolicy
}

type listers struct {
	uplink     string
	pods       corelisters.PodLister
	namespaces corelisters.NamespaceLister
	policies   networkinglisters.NetworkPolicyLister
	early      *announcements
}

func (l listers) snapshot() state {
	now := state{uplink: l.uplink, namespaces: map[string]labels.Set{}}
	namespaces, _ := l.namespaces.List(labels.Everything()) // listing a cache cannot fail
	for _, namespace := range namespaces {
		now.namespaces[namespace.Name] = namespace.Labels
	}
	pods, _ := l.pods.List(labels.Everything())
	for address, found := range owners(pods, l.early.known(pods)) {
		now.pods = append(now.pods, pod{found.Namespace, address, found.Labels, containerPorts(found)})
	}
	now.policies, _ = l.policies.List(labels.Everything())
	sort.Slice(now.pods, func(i, j int) bool { return now.pods[i].address < now.pods[j].address })
	sort.Slice(now.policies, func(i, j int) bool {
		a, b := now.policies[i], now.policies[j]
		return a.Namespace+"/"+a.Name < b.Namespace+"/"+b.Name
	})
	return now
}

// owners tells whose each address is; one that nobody surely has is left out, and so is held.
func owners(pods []*core.Pod, announced map[types.UID]string) map[string]*core.Pod {
	claims := map[string][]*core.Pod{}
	for _, p := range pods {
		address := p.Status.PodIP
		if newer, ok := announced[p.UID]; ok {
			address = newer
		}
		if isReachable(p, address) {
			claims[address] = append(claims[address], p)
		}
	}
	owned := map[string]*core.Pod{}
	for address, claimants := range claims {
		if owner := ownerOf(claimants, announced); owner != nil {
			owned[address] = owner
		}
	}
	return owned
}

// ownerOf: the network plugin knows; the API goes on telling the address of a pod that has lost it. Of pods that nobody
// announced to this run, one that is being deleted has lost its address to one that lives. Two that live leave it
// nobody's: neither may get what only the other one may do.
func ownerOf(claimants []*core.Pod, announced map[types.UID]string) *core.Pod {
	isAnnounced := func(p *core.Pod) bool { return announced[p.UID] != "" }
	lives := func(p *core.Pod) bool { return p.DeletionTimestamp == nil }
	for _, is := range []func(*core.Pod) bool{isAnnounced, lives} {
		if slices.ContainsFunc(claimants, is) {
			claimants = slices.DeleteFunc(slices.Clone(claimants), func(p *core.Pod) bool { return !is(p) })
			break
		}
	}
	if len(claimants) != 1 {
		return nil
	}
	return claimants[0]
}

// isReachable leaves out pods without an IPv4 address of their own and ended pods, whose address may already be somebody
// else's. One address that nft does not understand would keep the rules of all pods from being loaded.
func isReachable(p *core.Pod, address string) bool {
	ended := p.Status.Phase == core.PodSucceeded || p.Status.Phase == core.PodFailed
	parsed, err := netip.ParseAddr(address)
	return err == nil && parsed.Is4() && !p.Spec.HostNetwork && !ended
}

// containerPorts includes the init containers that go on running as sidecars.
func containerPorts(p *core.Pod) []core.ContainerPort {
	var ports []core.ContainerPort
	for _, container := range p.Spec.InitContainers {
		if container.RestartPolicy != nil && *container.RestartPolicy == core.ContainerRestartPolicyAlways {
			ports = append(ports, container.Ports...)
		}
	}
	for _, container := range p.Spec.Containers {
		ports = append(ports, container.Ports...)
	}
	return ports
}
