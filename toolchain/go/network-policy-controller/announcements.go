package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"os"
	"sync"
	"time"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	corelisters "k8s.io/client-go/listers/core/v1"
)

// announcement is what the network plugin knows of a pod whose containers are not yet started.
type announcement struct {
	Namespace, Name, UID, Address string
}

const (
	// cacheLag is how long the pod itself may be on its way to this controller; the kubelet has it already.
	cacheLag = time.Second
	// loading is how long an announcement waits for the kernel to take the rules; the plugin then asks again.
	loading = 3 * time.Second
	// inForce is the answer to an announcement whose rules are in the kernel. Every other answer is the reason why not.
	inForce = "in force"
)

// announcements keeps the addresses of pods as long as the pods exist: the plugin tells them before the API does, and
// tells a new one when a pod's sandbox is made again.
type announcements struct {
	sync.Mutex
	addresses map[types.UID]string
	waiting   waiters
	// refusal is why the kernel did not take the rules the last time; empty when it did.
	refusal string
}

// waiters are the starting pods whose rules are not in force yet; their channels close once they are.
type waiters map[types.UID]chan struct{}

func newAnnouncements() *announcements {
	return &announcements{addresses: map[types.UID]string{}, waiting: waiters{}}
}

// listen answers each announcement once rules that know the pod are in force, until the context ends.
func (a *announcements) listen(ctx context.Context, socket string, pods corelisters.PodLister, notify func()) error {
	_ = os.Remove(socket) // of a former run
	server, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() {
		for {
			connection, err := server.Accept()
			if err != nil {
				return
			}
			go a.serve(connection, pods, notify)
		}
	}()
	return nil
}

func (a *announcements) serve(connection net.Conn, pods corelisters.PodLister, notify func()) {
	defer func() { _ = connection.Close() }()
	_ = connection.SetReadDeadline(time.Now().Add(cacheLag))
	var said announcement
	if err := json.NewDecoder(connection).Decode(&said); err != nil {
		return
	}
	_, _ = connection.Write([]byte(a.await(said, pods, notify)))
}

func (a *announcements) await(said announcement, pods corelisters.PodLister, notify func()) string {
	uid, ok := findPod(pods, said)
	if !ok {
		return fmt.Sprintf("the API tells of no pod %s/%s with id %q", said.Namespace, said.Name, said.UID)
	}
	done := a.add(uid, said.Address)
	notify()
	select {
	case <-done:
		return inForce
	case <-time.After(loading):
		a.Lock()
		defer a.Unlock()
		return fmt.Sprintf("its rules are not in the kernel after %v. %s", loading, a.refusal)
	}
}

func findPod(pods corelisters.PodLister, said announcement) (types.UID, bool) {
	for deadline := time.Now().Add(cacheLag); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		found, err := pods.Pods(said.Namespace).Get(said.Name)
		if err == nil && (said.UID == "" || string(found.UID) == said.UID) {
			return found.UID, true
		}
	}
	return "", false
}

// add takes the address away from whoever was announced with it before.
func (a *announcements) add(uid types.UID, address string) chan struct{} {
	a.Lock()
	defer a.Unlock()
	for other, taken := range a.addresses {
		if taken == address && other != uid {
			delete(a.addresses, other)
		}
	}
	if a.waiting[uid] == nil || a.addresses[uid] != address {
		a.waiting[uid] = make(chan struct{})
	}
	a.addresses[uid] = address
	return a.waiting[uid]
}

// whoWaits gives those who wait for the rules that are compiled next.
func (a *announcements) whoWaits() waiters {
	a.Lock()
	defer a.Unlock()
	return maps.Clone(a.waiting)
}

// loaded lets those go on whose rules the kernel has taken.
func (a *announcements) loaded(waiting waiters) {
	a.Lock()
	defer a.Unlock()
	a.refusal = ""
	for uid, done := range waiting {
		close(done)
		if a.waiting[uid] == done {
			delete(a.waiting, uid)
		}
	}
}

// refused leaves everybody waiting for the next attempt.
func (a *announcements) refused(err error) {
	a.Lock()
	defer a.Unlock()
	a.refusal = err.Error()
}

// known gives the announced addresses of these pods and forgets those of others.
func (a *announcements) known(pods []*core.Pod) map[types.UID]string {
	a.Lock()
	defer a.Unlock()
	kept := map[types.UID]string{}
	for _, p := range pods {
		if address, ok := a.addresses[p.UID]; ok {
			kept[p.UID] = address
		}
	}
	a.addresses = kept
	return kept
}
