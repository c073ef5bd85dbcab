// Volume-provisioner gives every claim of the default StorageClass a folder of its own on the node.
// It runs beside the kubelet, not in a pod, so that making and removing a folder needs no helper image.
package main

import (
	"context"
	"flag"
	"log"
	"os/signal"
	"syscall"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v10/controller"
)

const provisionerName = "slipway.dev/folder"

func main() {
	kubeconfig := flag.String("kubeconfig", "", "how to reach the API server")
	folder := flag.String("folder", "", "folder of the node that holds the volumes")
	node := flag.String("node", "", "name of the node the volumes are on")
	flag.Parse()

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
	folders := &folderProvisioner{root: *folder, node: *node}
	controller.NewProvisionController(klog.FromContext(ctx), client, provisionerName, folders,
		controller.LeaderElection(false)).Run(ctx)
}
