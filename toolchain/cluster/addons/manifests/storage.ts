import type { KubeObject } from "../../control-plane/object-path.ts";

/**
 * The default StorageClass: folders under the state folder, which outlive pods and `cluster down`.
 * `local-path-retain` is the same for data that must outlive its claim as well.
 */
export function storageObjects(): KubeObject[] {
  return [storageClass("local-path", "Delete", true), storageClass("local-path-retain", "Retain", false)];
}

function storageClass(name: string, reclaimPolicy: "Delete" | "Retain", isDefault: boolean): KubeObject {
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name, annotations: { "storageclass.kubernetes.io/is-default-class": String(isDefault) } },
    provisioner: "slipway.dev/folder",
    reclaimPolicy,
    volumeBindingMode: "WaitForFirstConsumer",
  };
}
