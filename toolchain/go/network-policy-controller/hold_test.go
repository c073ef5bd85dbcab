package main

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
)

// node is a controller that runs, with a kernel that takes rules unless told otherwise.
type node struct {
	socket, rules, refusing string
	seen                    *loads
}

// started runs a controller until the test or `stop` ends it.
func started(t *testing.T, folder string, pods ...*core.Pod) (node, func()) {
	t.Helper()
	n := node{filepath.Join(folder, "s"), filepath.Join(folder, "rules"), filepath.Join(folder, "refuse"), &loads{}}
	nft := filepath.Join(folder, "nft")
	script := "#!/bin/sh\n[ -e " + n.refusing + " ] && echo no memory >&2 && exit 1\ncat >" + n.rules + ".new && mv " + n.rules + ".new " + n.rules + "\n"
	if err := os.WriteFile(nft, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	client := fake.NewClientset()
	for _, p := range pods {
		if _, err := client.CoreV1().Pods(p.Namespace).Create(t.Context(), p, meta.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, informers.NewSharedInformerFactory(client, 0), table{nft}, n.socket, "uplink", n.seen)
	}()
	halt := func() { stop(); <-ended }
	t.Cleanup(stop)
	return n, halt
}

func (n node) metrics() string {
	answer := httptest.NewRecorder()
	n.seen.ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	return answer.Body.String()
}

func webPod() *core.Pod {
	return &core.Pod{ObjectMeta: meta.ObjectMeta{Namespace: "shop", Name: "web-0", UID: "u1"}}
}

func announced() announcement { return podOf(arguments, []byte(given)) }

func knows(t *testing.T, file, address string) bool {
	t.Helper()
	rules, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(rules), "set known {")
	elements, _, _ := strings.Cut(after, "  }\n")
	return strings.Contains(elements, address)
}

func TestAPodStartsOnceTheKernelHasItsRulesAndNotBefore(t *testing.T) {
	n, _ := started(t, t.TempDir(), webPod())
	if err := hold(n.socket, announced(), 10*time.Second); err != nil {
		t.Fatal(err)
	}
	if !knows(t, n.rules, "10.0.0.7") {
		t.Fatal("the pod was let go before the kernel had its rules")
	}
}

func TestAPodIsHeldWhileTheControllerIsDownAndLetGoWhenItIsBack(t *testing.T) {
	folder := t.TempDir()
	n, stop := started(t, folder, webPod())
	if err := hold(n.socket, announced(), 10*time.Second); err != nil {
		t.Fatal(err)
	}
	stop()
	answered := make(chan error, 1)
	go func() { answered <- hold(n.socket, announced(), 10*time.Second) }()
	select {
	case err := <-answered:
		t.Fatalf("the pod did not wait: %v", err)
	case <-time.After(500 * time.Millisecond):
	}
	started(t, folder, webPod())
	if err := <-answered; err != nil {
		t.Fatal(err)
	}
}

func TestAPodIsHeldWhileItsRulesCannotBeLoadedAndTheOldOnesStay(t *testing.T) {
	n, _ := started(t, t.TempDir(), webPod())
	if err := hold(n.socket, announced(), 10*time.Second); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(n.refusing, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	moved := announced()
	moved.Address = "10.0.0.8"
	err := announce(n.socket, moved)
	if err == nil || !strings.Contains(err.Error(), "no memory") {
		t.Fatalf("the pod was let go, or without a reason: %v", err)
	}
	if !knows(t, n.rules, "10.0.0.7") || knows(t, n.rules, "10.0.0.8") {
		t.Fatal("the rules in force changed")
	}
	if said := n.metrics(); !strings.Contains(said, `slipway_policy_pods{state="held"} 1`) || strings.Contains(said, `{result="refused"} 0`) {
		t.Fatal(said)
	}
	if err := os.Remove(n.refusing); err != nil {
		t.Fatal(err)
	}
	if err := hold(n.socket, moved, 10*time.Second); err != nil || !knows(t, n.rules, "10.0.0.8") {
		t.Fatal("the pod was not let go once its rules could be loaded", err)
	}
	if said := n.metrics(); !strings.Contains(said, `{state="held"} 0`) || !strings.Contains(said, `{state="known"} 1`) {
		t.Fatal(said)
	}
}

func TestAPodTheAPIDoesNotTellOfIsHeld(t *testing.T) {
	n, _ := started(t, t.TempDir())
	if err := hold(n.socket, announced(), 2*time.Second); err == nil || !strings.Contains(err.Error(), "shop/web-0") {
		t.Fatal(err)
	}
}
