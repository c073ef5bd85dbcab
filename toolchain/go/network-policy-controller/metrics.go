package main

import (
	"fmt"
	"net/http"
	"sync"
)

// loads counts how often the kernel took the rules, and keeps what the last attempt was about.
type loads struct {
	sync.Mutex
	loaded, refused int
	// known is how many pods the rules in force let send and receive, held how many starting pods wait for theirs.
	known, held int
}

func (l *loads) loadedFor(pods int) {
	l.Lock()
	defer l.Unlock()
	l.loaded++
	l.known, l.held = pods, 0
}

func (l *loads) refusedFor(waiting int) {
	l.Lock()
	defer l.Unlock()
	l.refused++
	l.held = waiting
}

// ServeHTTP answers in the text format of Prometheus, whatever the path.
func (l *loads) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	l.Lock()
	defer l.Unlock()
	fmt.Fprintf(w, `# HELP slipway_policy_loads_total Attempts to hand the compiled network policies to the kernel.
# TYPE slipway_policy_loads_total counter
slipway_policy_loads_total{result="loaded"} %d
slipway_policy_loads_total{result="refused"} %d
# HELP slipway_policy_pods Pods the rules in force know, and starting pods held back until theirs are loaded.
# TYPE slipway_policy_pods gauge
slipway_policy_pods{state="known"} %d
slipway_policy_pods{state="held"} %d
`, l.loaded, l.refused, l.known, l.held)
}
