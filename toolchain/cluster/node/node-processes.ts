import { join } from "node:path";
import type { Binaries } from "../config/binaries.ts";
import { searchPath } from "../config/binaries.ts";
import { addresses } from "../config/cluster-config.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { apiServerPort, apiServerReady } from "../control-plane/control-plane.ts";
import { flags } from "../config/flags.ts";
import type { ClusterFolders } from "../config/folders.ts";
import { uplink } from "./network.ts";
import { nodeName, policySocket } from "./node-files.ts";
import type { Condition, ProcessSpec } from "../config/process-spec.ts";

/** containerd, kubelet, kube-proxy and our two controllers. */
export function nodeProcesses(config: ClusterConfig, folders: ClusterFolders, binaries: Binaries): ProcessSpec[] {
  const apiUp: Condition = { kind: "tcp", host: addresses(config).node, port: apiServerPort }; // the kubelet waits by itself
  const apiReady = [apiServerReady(config, folders)];
  const containerdUp: Condition = { kind: "socket", path: join(folders.run, "containerd.sock") };
  const common = { network: "cluster", env: { PATH: searchPath(binaries) } } as const;
  const daemon = (name: string, command: string, table: Readonly<Record<string, string>>, after: Condition[]) => ({
    ...common,
    name,
    command,
    args: flags(table),
    after,
  });
  const file = (name: string) => join(folders.state, "config", name);
  const policyFlags = {
    kubeconfig: file("network-policy-controller.kubeconfig"),
    nft: binaries.nft,
    socket: policySocket(folders),
    uplink,
    metrics: "127.0.0.1:10251",
  };
  return [
    daemon("containerd", join(binaries.containerd, "containerd"), { config: file("containerd.toml") }, []),
    daemon("kubelet", binaries.kubelet, kubeletFlags(config, file), [containerdUp, apiUp]),
    daemon("kube-proxy", binaries.kubeProxy, { config: file("kube-proxy.json") }, apiReady),
    daemon("network-policy-controller", binaries.networkPolicyController, policyFlags, apiReady),
    daemon("volume-provisioner", binaries.volumeProvisioner, volumeFlags(config, folders, file), apiReady),
  ];
}

function kubeletFlags(config: ClusterConfig, file: (name: string) => string): Record<string, string> {
  return {
    config: file("kubelet.json"),
    kubeconfig: file("kubelet.kubeconfig"),
    "hostname-override": nodeName(config.name),
    "node-ip": addresses(config).node,
    // A private bind mount: the kubelet always uses this folder for device plugins, whatever its root folder is.
    "root-dir": "/var/lib/kubelet",
    "cert-dir": "/var/lib/kubelet/pki",
    "node-labels": [
      "topology.kubernetes.io/region=local",
      "topology.kubernetes.io/zone=local-a",
      "node.kubernetes.io/instance-type=embedded",
    ].join(","),
  };
}

function volumeFlags(
  config: ClusterConfig,
  folders: ClusterFolders,
  file: (name: string) => string,
): Record<string, string> {
  return {
    kubeconfig: file("volume-provisioner.kubeconfig"),
    folder: join(folders.state, "volumes"),
    node: nodeName(config.name),
  };
}
