package main

import (
	"encoding/json"
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
	// patience is how long a pod waits for its rules before it starts without them.
	patience = 3 * time.Second
)

// announcements keeps the addresses of pods until the API tells them too.
type announcements struct {
	sync.Mutex
	addresses map[types.UID]string
	waiting   []chan struct{}
}

func newAnnouncements() *announcements {
	return &announcements{addresses: map[types.UID]string{}}
}

// listen answers each announcement once rules that know the pod are in force.
func (a *announcements) listen(socket string, pods corelisters.PodLister, notify func()) error {
	_ = os.Remove(socket) // of a former run
	server, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
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
	var said announcement
	if json.NewDecoder(connection).Decode(&said) != nil {
		return
	}
	if uid, ok := findPod(pods, said); ok {
		done := a.add(uid, said.Address)
		notify()
		select {
		case <-done:
		case <-time.After(patience):
		}
	}
	_, _ = connection.Write([]byte("done\n"))
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

func (a *announcements) add(uid types.UID, address string) chan struct{} {
	a.Lock()
	defer a.Unlock()
	a.addresses[uid] = address
	done := make(chan struct{})
	a.waiting = append(a.waiting, done)
	return done
}

// takeWaiting hands over who waits for the rules that are compiled next.
func (a *announcements) takeWaiting() []chan struct{} {
	a.Lock()
	defer a.Unlock()
	waiting := a.waiting
	a.waiting = nil
	return waiting
}

// known gives the announced addresses and forgets those of pods that are gone or that the API tells by now.
func (a *announcements) known(pods []*core.Pod) map[types.UID]string {
	a.Lock()
	defer a.Unlock()
	kept := map[types.UID]string{}
	for _, p := range pods {
		if address, ok := a.addresses[p.UID]; ok && address != p.Status.PodIP {
			kept[p.UID] = address
		}
	}
	a.addresses = kept
	return kept
}
