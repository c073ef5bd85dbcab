package main

import (
	"slices"
	"strings"
	"testing"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var (
	web    = pod{"shop", "10.0.0.1", labels.Set{"app": "web"}, []core.ContainerPort{{Name: "http", ContainerPort: 8080}}}
	api    = pod{"shop", "10.0.0.2", labels.Set{"app": "api"}, []core.ContainerPort{{Name: "http", ContainerPort: 9090}}}
	scrape = pod{"watch", "10.0.0.3", labels.Set{"app": "scrape"}, nil}
)

func selecting(app string) meta.LabelSelector {
	return meta.LabelSelector{MatchLabels: map[string]string{"app": app}}
}

func pointer[T any](value T) *T { return &value }

func port(number int) networking.NetworkPolicyPort {
	return networking.NetworkPolicyPort{Port: pointer(intstr.FromInt32(int32(number)))}
}

func named(name string) networking.NetworkPolicyPort {
	return networking.NetworkPolicyPort{Port: pointer(intstr.FromString(name))}
}

// compiled gives the rules of one policy in namespace shop, by chain.
func compiled(spec networking.NetworkPolicySpec) map[string][]string {
	policy := &networking.NetworkPolicy{ObjectMeta: meta.ObjectMeta{Namespace: "shop", Name: "p"}, Spec: spec}
	text := compile(state{
		uplink:     "uplink",
		pods:       []pod{web, api, scrape},
		namespaces: map[string]labels.Set{"shop": {"team": "shop"}, "watch": {"team": "ops"}},
		policies:   []*networking.NetworkPolicy{policy},
	})
	chains := map[string][]string{}
	current := ""
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) > 1 && slices.Contains([]string{"chain", "map", "set"}, words[0]):
			current = words[1]
			chains[current] = []string{}
		case len(words) > 0 && words[0] != "}":
			chains[current] = append(chains[current], strings.Join(words, " "))
		}
	}
	return chains
}

func TestRulesOfIngress(t *testing.T) {
	for title, test := range map[string]struct {
		rule networking.NetworkPolicyIngressRule
		want []string
	}{
		"an empty rule allows everything": {networking.NetworkPolicyIngressRule{}, []string{"accept"}},
		"a pod selector means the policy's own namespace": {
			networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{PodSelector: pointer(meta.LabelSelector{})}}},
			[]string{"ip saddr { 10.0.0.1, 10.0.0.2 } accept"},
		},
		"a namespace selector means all its pods": {
			networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{NamespaceSelector: &meta.LabelSelector{MatchLabels: map[string]string{"team": "ops"}}}}},
			[]string{"ip saddr { 10.0.0.3 } accept"},
		},
		"both selectors in one peer have to match": {
			networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{
				NamespaceSelector: &meta.LabelSelector{MatchLabels: map[string]string{"team": "ops"}}, PodSelector: pointer(selecting("web")),
			}}},
			nil,
		},
		"two peers are alternatives": {
			networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{
				{NamespaceSelector: &meta.LabelSelector{MatchLabels: map[string]string{"team": "ops"}}}, {PodSelector: pointer(selecting("web"))},
			}},
			[]string{"ip saddr { 10.0.0.1, 10.0.0.3 } accept"},
		},
		"a block leaves out its exceptions, and an exception inside another is not said twice": {
			networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{IPBlock: &networking.IPBlock{CIDR: "10.0.0.0/8", Except: []string{"10.1.0.0/16", "10.1.2.0/24"}}}}},
			[]string{"ip saddr 10.0.0.0/8 ip saddr != { 10.1.0.0/16 } accept"},
		},
		"networks are read as the API server reads them, however they are written": {
			networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{IPBlock: &networking.IPBlock{CIDR: "010.0.0.1/8", Except: []string{"10.1.2.3/16", "010.1.0.0/16"}}}}},
			[]string{"ip saddr 10.0.0.0/8 ip saddr != { 10.1.0.0/16 } accept"},
		},
		"an IPv6 block allows nobody": {
			networking.NetworkPolicyIngressRule{From: []networking.NetworkPolicyPeer{{IPBlock: &networking.IPBlock{CIDR: "::/0"}}}},
			[]string{"ip saddr 255.255.255.255 accept"},
		},
		"ports are grouped by protocol, and overlapping ranges are joined": {
			networking.NetworkPolicyIngressRule{Ports: []networking.NetworkPolicyPort{
				port(80),
				{Port: pointer(intstr.FromInt32(8000)), EndPort: pointer(int32(8010))},
				port(8005),
				{Protocol: pointer(core.ProtocolUDP), Port: pointer(intstr.FromInt32(53))},
				{Protocol: pointer(core.ProtocolSCTP)},
			}},
			[]string{"tcp dport { 80, 8000-8010 } accept", "udp dport { 53 } accept", "meta l4proto sctp accept"},
		},
		"a named port is looked up in the protected pod": {
			networking.NetworkPolicyIngressRule{Ports: []networking.NetworkPolicyPort{named("http")}},
			[]string{"ip daddr . tcp dport { 10.0.0.1 . 8080 } accept"},
		},
		"a port name that no pod has allows nothing": {
			networking.NetworkPolicyIngressRule{Ports: []networking.NetworkPolicyPort{named("nowhere")}},
			nil,
		},
	} {
		t.Run(title, func(t *testing.T) {
			chains := compiled(networking.NetworkPolicySpec{PodSelector: selecting("web"), Ingress: []networking.NetworkPolicyIngressRule{test.rule}})
			same(t, chains["ingress-policy-shop/p"], test.want)
		})
	}
}

func TestANamedPortOfEgressIsLookedUpInEveryCalledPod(t *testing.T) {
	chains := compiled(networking.NetworkPolicySpec{
		PodSelector: selecting("web"),
		Egress:      []networking.NetworkPolicyEgressRule{{To: []networking.NetworkPolicyPeer{{PodSelector: pointer(meta.LabelSelector{})}}, Ports: []networking.NetworkPolicyPort{named("http")}}},
	})
	same(t, chains["egress-policy-shop/p"], []string{"ip daddr { 10.0.0.1, 10.0.0.2 } ip daddr . tcp dport { 10.0.0.1 . 8080, 10.0.0.2 . 9090 } accept"})
}

func TestAnIsolatedPodReachesItselfAndNothingElse(t *testing.T) {
	chains := compiled(networking.NetworkPolicySpec{PodSelector: selecting("web")})
	same(t, chains["ingress-pod-10.0.0.1"], []string{"ip saddr 10.0.0.1 accept", "jump ingress-policy-shop/p", "drop"})
	same(t, chains["ingress"], []string{"type ipv4_addr : verdict", "elements = { 10.0.0.1 : goto ingress-pod-10.0.0.1 }"})
	same(t, chains["egress"], []string{"type ipv4_addr : verdict"})
}

func TestWhoIsNotKnownIsHeldWhateverThePoliciesSay(t *testing.T) {
	answers := "ct state established,related accept"
	chains := compiled(networking.NetworkPolicySpec{PodSelector: selecting("web"), Ingress: []networking.NetworkPolicyIngressRule{{}}})
	same(t, chains["known"], []string{"type ipv4_addr", "elements = { 10.0.0.1, 10.0.0.2, 10.0.0.3 }"})
	same(t, chains["hold-pods"], []string{
		"type filter hook forward priority -10; policy accept;", answers,
		`iifname != "uplink" ip saddr != @known drop`, `oifname != "uplink" ip daddr != @known drop`,
	})
	same(t, chains["hold-node"], []string{
		"type filter hook input priority -10; policy accept;", answers, `iifname != { lo, "uplink" } ip saddr != @known drop`,
	})
}

func TestDirectionsThatAPolicyIsAbout(t *testing.T) {
	in, out := networking.PolicyTypeIngress, networking.PolicyTypeEgress
	everything := []networking.NetworkPolicyEgressRule{{}}
	for title, test := range map[string]struct {
		types     []networking.PolicyType
		egress    []networking.NetworkPolicyEgressRule
		isIngress bool
		isEgress  bool
	}{
		"unnamed, without egress rules": {nil, nil, true, false},
		"unnamed, with egress rules":    {nil, everything, true, true},
		"ingress only":                  {[]networking.PolicyType{in}, everything, true, false},
		"egress only, without rules":    {[]networking.PolicyType{out}, nil, false, true},
		"both":                          {[]networking.PolicyType{in, out}, nil, true, true},
	} {
		t.Run(title, func(t *testing.T) {
			policy := &networking.NetworkPolicy{Spec: networking.NetworkPolicySpec{PolicyTypes: test.types, Egress: test.egress}}
			if applies(policy, ingress) != test.isIngress || applies(policy, egress) != test.isEgress {
				t.Fatalf("ingress %v, egress %v", applies(policy, ingress), applies(policy, egress))
			}
		})
	}
}

func TestAPodInTwoPoliciesIsAllowedWhatEitherAllows(t *testing.T) {
	policy := func(name string) *networking.NetworkPolicy {
		return &networking.NetworkPolicy{ObjectMeta: meta.ObjectMeta{Namespace: "shop", Name: name}, Spec: networking.NetworkPolicySpec{PodSelector: selecting("web")}}
	}
	text := compile(state{pods: []pod{web}, policies: []*networking.NetworkPolicy{policy("a"), policy("b")}})
	if !strings.Contains(text, "    jump ingress-policy-shop/a\n    jump ingress-policy-shop/b\n    drop\n") {
		t.Fatal(text)
	}
}

func TestPodsThatHaveEndedOrUseTheNodesAddressAreLeftOut(t *testing.T) {
	running := core.PodStatus{PodIP: "10.0.0.9", Phase: core.PodRunning}
	for title, test := range map[string]struct {
		pod  core.Pod
		want bool
	}{
		"running":      {core.Pod{Status: running}, true},
		"host network": {core.Pod{Spec: core.PodSpec{HostNetwork: true}, Status: running}, false},
		"succeeded":    {core.Pod{Status: core.PodStatus{PodIP: "10.0.0.9", Phase: core.PodSucceeded}}, false},
		"no address":   {core.Pod{}, false},
		"IPv6 address": {core.Pod{Status: core.PodStatus{PodIP: "fd00::9", Phase: core.PodRunning}}, false},
	} {
		if isReachable(&test.pod, test.pod.Status.PodIP) != test.want {
			t.Errorf("%s: %v", title, !test.want)
		}
	}
}

func TestLongNamesStayApart(t *testing.T) {
	long := strings.Repeat("x", 200)
	name := func(suffix string) string {
		return chainName(ingress, &networking.NetworkPolicy{ObjectMeta: meta.ObjectMeta{Namespace: "shop", Name: long + suffix}})
	}
	if name("a") == name("b") || len(name("a")) > 128 {
		t.Fatal(name("a"), name("b"))
	}
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Fatalf("got\n%s\nwanted\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
