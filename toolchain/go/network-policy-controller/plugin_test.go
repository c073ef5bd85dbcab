package main

import (
	"path/filepath"
	"strings"
	"testing"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

const arguments = "IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0;K8S_POD_INFRA_CONTAINER_ID=abc;K8S_POD_UID=u1"

func TestThePluginPassesTheResultOnEvenWithoutAController(t *testing.T) {
	result := `{"cniVersion":"0.4.0","ips":[{"address":"10.0.0.7/24"}]}`
	var out strings.Builder
	plugin("ADD", strings.NewReader(`{"cniVersion":"0.4.0","socket":"/nowhere","prevResult":`+result+`}`), &out)
	if out.String() != result {
		t.Fatal(out.String())
	}
}

func TestThePluginKnowsThePodAndItsAddress(t *testing.T) {
	pod := podOf(arguments, []byte(`{"ips":[{"address":"10.0.0.7/24"}]}`))
	if pod != (announcement{"shop", "web-0", "u1", "10.0.0.7"}) {
		t.Fatal(pod)
	}
}

func TestAnAnnouncedPodIsKnownBeforeTheAPITellsItsAddressAndWaitsForItsRules(t *testing.T) {
	store := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})
	p := &core.Pod{ObjectMeta: meta.ObjectMeta{Namespace: "shop", Name: "web-0", UID: "u1"}}
	_ = store.Add(p)
	early := newAnnouncements()
	socket := filepath.Join(t.TempDir(), "s")
	notified := make(chan struct{}, 1)
	if err := early.listen(socket, corelisters.NewPodLister(store), func() { notified <- struct{}{} }); err != nil {
		t.Fatal(err)
	}
	answered := make(chan error, 1)
	go func() { answered <- announce(socket, podOf(arguments, []byte(`{"ips":[{"address":"10.0.0.7/24"}]}`))) }()

	<-notified
	if early.known([]*core.Pod{p})["u1"] != "10.0.0.7" {
		t.Fatal("the address is not known")
	}
	select {
	case <-answered:
		t.Fatal("the pod did not wait for its rules")
	default:
	}
	for _, done := range early.takeWaiting() {
		close(done)
	}
	if err := <-answered; err != nil {
		t.Fatal(err)
	}
	p.Status.PodIP = "10.0.0.7"
	if len(early.known([]*core.Pod{p})) != 0 {
		t.Fatal("the announcement was kept although the API tells the address")
	}
}
