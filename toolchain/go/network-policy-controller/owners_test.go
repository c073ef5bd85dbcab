package main

import (
	"testing"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

func running(uid types.UID, address string) *core.Pod {
	return &core.Pod{ObjectMeta: meta.ObjectMeta{UID: uid}, Status: core.PodStatus{PodIP: address, Phase: core.PodRunning}}
}

func deleted(p *core.Pod) *core.Pod {
	p.DeletionTimestamp = &meta.Time{}
	return p
}

func TestAnAddressBelongsToOnePod(t *testing.T) {
	const address = "10.0.0.7"
	for title, test := range map[string]struct {
		pods      []*core.Pod
		announced map[types.UID]string
		want      types.UID
	}{
		"the API tells it of one":                              {[]*core.Pod{running("a", address), running("b", "10.0.0.8")}, nil, "a"},
		"a new pod has got the address of one that lives on":   {[]*core.Pod{running("a", address), running("b", "")}, map[types.UID]string{"b": address}, "b"},
		"the API tells the address of a former sandbox":        {[]*core.Pod{running("a", address)}, map[types.UID]string{"a": "10.0.0.8"}, ""},
		"a deleted pod has lost it to a living one":            {[]*core.Pod{deleted(running("a", address)), running("b", address)}, nil, "b"},
		"two living pods claim it, and neither gets the other": {[]*core.Pod{running("a", address), running("b", address)}, nil, ""},
		"an announced pod is surer than a living one":          {[]*core.Pod{running("a", address), deleted(running("b", ""))}, map[types.UID]string{"b": address}, "b"},
	} {
		t.Run(title, func(t *testing.T) {
			got := types.UID("")
			if owner := owners(test.pods, test.announced)[address]; owner != nil {
				got = owner.UID
			}
			if got != test.want {
				t.Fatalf("got %q, wanted %q", got, test.want)
			}
		})
	}
}

func TestAnAddressIsAnnouncedForOnePodAtATimeAndForgottenWithIt(t *testing.T) {
	early := newAnnouncements()
	early.add("a", "10.0.0.7")
	early.add("b", "10.0.0.7")
	a, b := running("a", "10.0.0.7"), running("b", "10.0.0.7")
	if known := early.known([]*core.Pod{a, b}); len(known) != 1 || known["b"] != "10.0.0.7" {
		t.Fatal(known)
	}
	if known := early.known([]*core.Pod{a}); len(known) != 0 {
		t.Fatal("a pod that is gone is still known", known)
	}
}
