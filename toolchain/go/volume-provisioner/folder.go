package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v10/controller"
)

type folderProvisioner struct{ root, node string }

// Provision makes the folder of a new volume. The folder belongs to root, as the root of a fresh disk in the cloud does;
// the kubelet gives it to the pod's fsGroup.
func (p *folderProvisioner) Provision(_ context.Context, options controller.ProvisionOptions) (*core.PersistentVolume, controller.ProvisioningState, error) {
	claim := options.PVC
	if mode := claim.Spec.VolumeMode; mode != nil && *mode == core.PersistentVolumeBlock {
		return nil, controller.ProvisioningFinished, fmt.Errorf("claim %s/%s wants a block device, only file systems are offered", claim.Namespace, claim.Name)
	}
	for _, mode := range claim.Spec.AccessModes {
		if mode == core.ReadWriteMany {
			return nil, controller.ProvisioningFinished, fmt.Errorf("claim %s/%s wants ReadWriteMany, as no disk in the cloud offers it either", claim.Namespace, claim.Name)
		}
	}
	path := p.pathOf(options.PVName, claim)
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, controller.ProvisioningNoChange, err
	}
	return p.volume(options, path), controller.ProvisioningFinished, nil
}

// Delete removes the folder of a volume whose reclaim policy is Delete; it is not called for Retain.
func (p *folderProvisioner) Delete(_ context.Context, volume *core.PersistentVolume) error {
	path := volume.Spec.Local.Path
	if filepath.Dir(path) != filepath.Clean(p.root) {
		return &controller.IgnoredError{Reason: fmt.Sprintf("%s is not a folder of %s", path, p.root)}
	}
	return os.RemoveAll(path)
}

// pathOf keeps the claim readable in the folder name; the volume name makes it unique.
func (p *folderProvisioner) pathOf(name string, claim *core.PersistentVolumeClaim) string {
	return filepath.Join(p.root, fmt.Sprintf("%s_%s_%s", claim.Namespace, claim.Name, name))
}

func (p *folderProvisioner) volume(options controller.ProvisionOptions, path string) *core.PersistentVolume {
	reclaim := core.PersistentVolumeReclaimDelete
	if options.StorageClass.ReclaimPolicy != nil {
		reclaim = *options.StorageClass.ReclaimPolicy
	}
	onNode := core.NodeSelectorRequirement{Key: "kubernetes.io/hostname", Operator: core.NodeSelectorOpIn, Values: []string{p.node}}
	return &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: options.PVName},
		Spec: core.PersistentVolumeSpec{
			AccessModes:                   options.PVC.Spec.AccessModes,
			Capacity:                      core.ResourceList{core.ResourceStorage: options.PVC.Spec.Resources.Requests[core.ResourceStorage]},
			PersistentVolumeReclaimPolicy: reclaim,
			PersistentVolumeSource:        core.PersistentVolumeSource{Local: &core.LocalVolumeSource{Path: path}},
			NodeAffinity: &core.VolumeNodeAffinity{Required: &core.NodeSelector{NodeSelectorTerms: []core.NodeSelectorTerm{
				{MatchExpressions: []core.NodeSelectorRequirement{onNode}},
			}}},
		},
	}
}
