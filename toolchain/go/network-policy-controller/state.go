package main

import (
	"sort"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
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
	pods       []pod
	namespaces map[string]labels.Set
	policies   []*networking.NetworkPolicy
}

type listers struct {
	pods       corelisters.PodLister
	namespaces corelisters.NamespaceLister
	policies   networkinglisters.NetworkPolicyLister
	early      *announcements
}

func (l listers) snapshot() state {
	now := state{namespaces: map[string]labels.Set{}}
	namespaces, _ := l.namespaces.List(labels.Everything()) // listing a cache cannot fail
	for _, namespace := range namespaces {
		now.namespaces[namespace.Name] = namespace.Labels
	}
	pods, _ := l.pods.List(labels.Everything())
	announced := l.early.known(pods)
	for _, found := range pods {
		address := found.Status.PodIP
		if newer, ok := announced[found.UID]; ok {
			address = newer
		}
		if isReachable(found, address) {
			now.pods = append(now.pods, pod{found.Namespace, address, found.Labels, containerPorts(found)})
		}
	}
	now.policies, _ = l.policies.List(labels.Everything())
	sort.Slice(now.pods, func(i, j int) bool { return now.pods[i].address < now.pods[j].address })
	sort.Slice(now.policies, func(i, j int) bool {
		a, b := now.policies[i], now.policies[j]
		return a.Namespace+"/"+a.Name < b.Namespace+"/"+b.Name
	})
	return now
}

// isReachable leaves out pods without an address of their own and ended pods, whose address may already be somebody else's.
func isReachable(p *core.Pod, address string) bool {
	ended := p.Status.Phase == core.PodSucceeded || p.Status.Phase == core.PodFailed
	return address != "" && !p.Spec.HostNetwork && !ended
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
