package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v10/controller"
)

func claim(modes ...core.PersistentVolumeAccessMode) controller.ProvisionOptions {
	return controller.ProvisionOptions{
		StorageClass: &storage.StorageClass{},
		PVName:       "pvc-1",
		PVC: &core.PersistentVolumeClaim{
			ObjectMeta: meta.ObjectMeta{Namespace: "shop", Name: "data"},
			Spec:       core.PersistentVolumeClaimSpec{AccessModes: modes},
		},
	}
}

func TestAVolumeIsAFolderAndGoesWithIt(t *testing.T) {
	root := t.TempDir()
	provisioner := &folderProvisioner{root: root, node: "n"}
	volume, _, err := provisioner.Provision(context.Background(), claim(core.ReadWriteOnce))
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(volume.Spec.Local.Path); err != nil || !info.IsDir() {
		t.Fatalf("no folder at %s", volume.Spec.Local.Path)
	}
	if err := provisioner.Delete(context.Background(), volume); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(volume.Spec.Local.Path); !os.IsNotExist(err) {
		t.Fatal("the folder outlived its volume")
	}
}

func TestAVolumeOutsideTheFolderIsNeverRemoved(t *testing.T) {
	outside := t.TempDir()
	provisioner := &folderProvisioner{root: t.TempDir(), node: "n"}
	for _, path := range []string{outside, filepath.Join(provisioner.root, "x", "..", ".."), provisioner.root} {
		volume := &core.PersistentVolume{Spec: core.PersistentVolumeSpec{PersistentVolumeSource: core.PersistentVolumeSource{
			Local: &core.LocalVolumeSource{Path: path},
		}}}
		if provisioner.Delete(context.Background(), volume) == nil {
			t.Fatalf("%s was removed", path)
		}
	}
}

func TestWhatNoDiskOffersIsRefused(t *testing.T) {
	provisioner := &folderProvisioner{root: t.TempDir(), node: "n"}
	if _, _, err := provisioner.Provision(context.Background(), claim(core.ReadWriteMany)); err == nil {
		t.Fatal("ReadWriteMany was promised")
	}
}
