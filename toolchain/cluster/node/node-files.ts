import { join } from "node:path";
import type { Binaries } from "../config/binaries.ts";
import { addresses } from "../config/cluster-config.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import type { ClusterFolders } from "../config/folders.ts";
import { ipv6Off } from "./guard.ts";

/** Name of the only node. */
export function nodeName(cluster: string): string {
  return `slipway-${cluster}`;
}

/** Sandboxes run this image; `up` imports it before the first pod. */
export const pauseImage = "slipway.local/pause:1";

/** Name under which the network policy controller is a network plugin as well. */
export const policyPlugin = "slipway-policy";

/** Where that plugin tells the controller of a new pod. */
export function policySocket(folders: ClusterFolders): string {
  return join(folders.run, "network-policy.sock");
}

/** Configuration of containerd, without anything that needs a default folder of the host. */
export function containerdToml(folders: ClusterFolders, binaries: Binaries): string {
  const text = JSON.stringify; // TOML basic strings and JSON strings agree on what paths can hold
  return `version = 2
root = ${text(join(folders.state, "containerd"))}
state = ${text(join(folders.run, "containerd"))}
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs", "io.containerd.internal.v1.opt", "io.containerd.tracing.processor.v1.otlp"]
[grpc]
address = ${text(join(folders.run, "containerd.sock"))}
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = ${text(pauseImage)}
# Lowering the OOM score needs CAP_SYS_RESOURCE, which some virtual machines and containers do not have.
restrict_oom_score_adj = true
netns_mounts_under_state_dir = true
stream_server_address = "127.0.0.1"
[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "overlayfs"
default_runtime_name = "runc"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
BinaryName = ${text(binaries.runc)}
Root = ${text(join(folders.run, "runc"))}
SystemdCgroup = false
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = ${text(join(folders.state, "cni-plugins"))}
conf_dir = ${text(join(folders.state, "cni"))}
max_conf_num = 1
`;
}

/** Pods hang on routed point-to-point links, so that every packet between two pods passes the forward hook and NetworkPolicies see it. */
export function cniConflist(config: ClusterConfig, folders: ClusterFolders): object {
  return {
    cniVersion: "0.4.0",
    name: "slipway",
    plugins: [
      {
        type: "ptp",
        ipMasq: false, // done by one nftables rule for all, see network.ts
        mtu: 1500,
        ipam: {
          type: "host-local",
          ranges: [[{ subnet: addresses(config).pods }]],
          routes: [{ dst: "0.0.0.0/0" }],
          dataDir: join(folders.run, "addresses"),
        },
      },
      // Policies and Services are about IPv4 only, so a pod has nothing else: not even the address each link gives itself.
      { type: "tuning", sysctl: ipv6Off() },
      // Last: a pod starts once its network policies are in force.
      { type: policyPlugin, socket: policySocket(folders) },
    ],
  };
}

/** Configuration of the kubelet. */
export function kubeletConfiguration(config: ClusterConfig, folders: ClusterFolders): object {
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    ...kubeletAccess(join(folders.state, "pki")),
    address: addresses(config).node,
    containerRuntimeEndpoint: `unix://${join(folders.run, "containerd.sock")}`,
    cgroupDriver: "cgroupfs",
    cgroupRoot: `/slipway/${config.name}`,
    failCgroupV1: false,
    failSwapOn: false,
    localStorageCapacityIsolation: false, // the device of the root folder cannot be looked up on every machine
    makeIPTablesUtilChains: false, // kube-proxy speaks nftables, iptables may not even be there
    oomScoreAdj: 0, // lowering it needs CAP_SYS_RESOURCE
    clusterDNS: [addresses(config).dns],
    clusterDomain: "cluster.local",
    resolvConf: join(folders.state, "config", "resolv.conf"),
    maxPods: 110,
    serializeImagePulls: false,
    kubeReserved: { cpu: "100m", memory: "256Mi" },
    // Absolute and small: a laptop disk that is 90 % full must not evict the whole system.
    evictionHard: {
      "memory.available": "100Mi",
      "nodefs.available": "500Mi",
      "imagefs.available": "500Mi",
      "nodefs.inodesFree": "1%",
    },
    imageGCHighThresholdPercent: 100, // images are imported, not pulled: what is collected would be missing
    containerLogMaxSize: "10Mi",
    containerLogMaxFiles: 3,
    volumePluginDir: "/var/lib/kubelet/volume-plugins",
    nodeStatusUpdateFrequency: "5s",
    healthzBindAddress: "127.0.0.1",
  };
}

function kubeletAccess(pki: string): object {
  return {
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: join(pki, "cluster-ca.crt") },
    },
    authorization: { mode: "Webhook" },
    tlsCertFile: join(pki, "kubelet-server.crt"),
    tlsPrivateKeyFile: join(pki, "kubelet-server.key"),
  };
}

/** Configuration of kube-proxy. */
export function kubeProxyConfiguration(config: ClusterConfig, folders: ClusterFolders): object {
  return {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    mode: "nftables",
    clientConnection: { kubeconfig: join(folders.state, "config", "kube-proxy.kubeconfig") },
    hostnameOverride: nodeName(config.name),
    clusterCIDR: addresses(config).pods,
    detectLocalMode: "ClusterCIDR",
    oomScoreAdj: 0,
    nodePortAddresses: [`${addresses(config).node}/32`],
    healthzBindAddress: "127.0.0.1:10256",
    metricsBindAddress: "127.0.0.1:10249",
    // The limits belong to the whole machine, so they stay as they are.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
    nftables: { minSyncPeriod: "500ms" },
  };
}
