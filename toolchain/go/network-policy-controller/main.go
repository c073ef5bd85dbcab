// Network-policy-controller enforces the NetworkPolicies of a one-node cluster with nftables.
// It runs inside the cluster's network namespace. Its rules stay in force while it is not running, and hold every pod that
// they do not know. With --hold it only makes such rules, for a namespace in which no pod is known yet.
//
// Started by the container runtime as a network plugin, the same program tells the running controller the address of a
// new pod and waits until its rules are in force: the API would tell it a second or two later.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	// gather joins the changes of one roll-out step into one update and is short enough not to be noticed.
	gather = 20 * time.Millisecond
	// repair puts the table back even if nothing changed, in case somebody flushed it.
	repair = 30 * time.Second
)

func main() {
	if os.Getenv("CNI_COMMAND") != "" {
		os.Exit(plugin(os.Getenv("CNI_COMMAND"), os.Stdin, os.Stdout, patience))
	}
	kubeconfig := flag.String("kubeconfig", "", "how to reach the API server")
	nft := flag.String("nft", "nft", "the nft program")
	socket := flag.String("socket", "", "where the network plugin announces new pods")
	uplink := flag.String("uplink", "", "the interface that leads to the host")
	metrics := flag.String("metrics", "", "address on which /metrics is answered")
	hold := flag.Bool("hold", false, "only make rules that hold every pod, then end")
	flag.Parse()

	rules := table{nft: *nft}
	if *hold {
		if err := rules.apply(compile(state{uplink: *uplink})); err != nil {
			log.Fatal(err)
		}
		return
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		log.Fatalf("cannot read %s: %v", *kubeconfig, err)
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		log.Fatalf("cannot use %s: %v", *kubeconfig, err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	seen := &loads{}
	go func() { log.Printf("no metrics: %v", http.ListenAndServe(*metrics, seen)) }()
	if err := run(ctx, informers.NewSharedInformerFactory(client, 0), rules, *socket, *uplink, seen); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, factory informers.SharedInformerFactory, rules table, socket, uplink string, seen *loads) error {
	changed := make(chan struct{}, 1)
	notify := func() {
		select {
		case changed <- struct{}{}:
		default: // an update is already due
		}
	}
	watched := watch(factory, notify)
	watched.uplink = uplink
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	notify()
	if err := watched.early.listen(ctx, socket, watched.pods, notify); err != nil {
		return fmt.Errorf("no pod could start: %w", err)
	}

	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(repair):
		case <-changed:
			time.Sleep(gather)
		}
		waiting := watched.early.whoWaits()
		now := watched.snapshot()
		if err := rules.apply(compile(now)); err != nil {
			log.Printf("the rules in force stay as they were, and %d new pods are held: %v", len(waiting), err)
			watched.early.refused(err)
			seen.refusedFor(len(waiting))
			time.AfterFunc(time.Second, notify)
			continue
		}
		watched.early.loaded(waiting)
		seen.loadedFor(len(now.pods))
	}
}

func watch(factory informers.SharedInformerFactory, notify func()) listers {
	pods, namespaces := factory.Core().V1().Pods(), factory.Core().V1().Namespaces()
	policies := factory.Networking().V1().NetworkPolicies()
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { notify() },
		UpdateFunc: func(any, any) { notify() },
		DeleteFunc: func(any) { notify() },
	}
	for _, informer := range []cache.SharedIndexInformer{pods.Informer(), namespaces.Informer(), policies.Informer()} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			log.Fatal(err)
		}
	}
	return listers{pods: pods.Lister(), namespaces: namespaces.Lister(), policies: policies.Lister(), early: newAnnouncements()}
}
