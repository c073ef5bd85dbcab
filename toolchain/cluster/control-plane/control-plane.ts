import { join } from "node:path";
import type { Binaries } from "../config/binaries.ts";
import { addresses } from "../config/cluster-config.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import type { ClusterFolders } from "../config/folders.ts";
import { flags } from "../config/flags.ts";
import type { Condition, ProcessSpec } from "../config/process-spec.ts";

/** Port of the API server inside the cluster's network namespace. */
export const apiServerPort = 6443;

/** etcd, API server, controller manager and scheduler. */
export function controlPlane(config: ClusterConfig, folders: ClusterFolders, binaries: Binaries): ProcessSpec[] {
  const pki = (file: string) => join(folders.state, "pki", file);
  const common = { network: "cluster", env: {} } as const;
  const apiReady = apiServerReady(config, folders);
  return [
    { ...common, name: "etcd", command: binaries.etcd, args: etcdFlags(folders, pki), after: [] },
    {
      ...common,
      name: "kube-apiserver",
      command: binaries.apiserver,
      args: apiServerFlags(config, folders, pki),
      after: [],
    },
    {
      ...common,
      name: "kube-controller-manager",
      command: binaries.controllerManager,
      args: controllerManagerFlags(config, folders, pki),
      after: [apiReady],
    },
    {
      ...common,
      name: "kube-scheduler",
      command: binaries.scheduler,
      args: schedulerFlags(folders),
      after: [apiReady],
    },
  ];
}

/** Ready means that the built-in roles are there; who starts before is refused and gives up. */
export function apiServerReady(config: ClusterConfig, folders: ClusterFolders): Condition {
  const url = `https://${addresses(config).node}:${apiServerPort}/readyz`;
  return { kind: "https", url, authority: join(folders.state, "pki", "cluster-ca.crt") };
}

function etcdFlags(folders: ClusterFolders, pki: (file: string) => string): string[] {
  return flags({
    name: "slipway",
    "data-dir": join(folders.state, "etcd"),
    "listen-client-urls": "https://127.0.0.1:2379",
    "advertise-client-urls": "https://127.0.0.1:2379",
    "listen-peer-urls": "http://127.0.0.1:0", // one member: nobody ever connects
    "cert-file": pki("etcd-server.crt"),
    "key-file": pki("etcd-server.key"),
    "trusted-ca-file": pki("etcd-ca.crt"),
    "client-cert-auth": "true",
    "auto-compaction-retention": "1", // hours of history
    "snapshot-count": "10000",
    "log-level": "warn",
    logger: "zap",
  });
}

function apiServerFlags(config: ClusterConfig, folders: ClusterFolders, pki: (file: string) => string): string[] {
  const { node, services } = addresses(config);
  return flags({
    "bind-address": node,
    "advertise-address": node,
    "secure-port": String(apiServerPort),
    "tls-cert-file": pki("apiserver.crt"),
    "tls-private-key-file": pki("apiserver.key"),
    "client-ca-file": pki("cluster-ca.crt"),
    "etcd-servers": "https://127.0.0.1:2379",
    "etcd-cafile": pki("etcd-ca.crt"),
    "etcd-certfile": pki("etcd-client.crt"),
    "etcd-keyfile": pki("etcd-client.key"),
    "encryption-provider-config": join(folders.state, "config", "encryption.json"),
    "authentication-config": join(folders.state, "config", "authentication.json"),
    "authorization-mode": "Node,RBAC",
    "enable-admission-plugins": "NodeRestriction",
    "kubelet-certificate-authority": pki("cluster-ca.crt"),
    "kubelet-client-certificate": pki("apiserver-kubelet-client.crt"),
    "kubelet-client-key": pki("apiserver-kubelet-client.key"),
    "kubelet-preferred-address-types": "InternalIP",
    "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
    "service-account-key-file": pki("service-account.pub"),
    "service-account-signing-key-file": pki("service-account.key"),
    "service-cluster-ip-range": services,
    "requestheader-client-ca-file": pki("front-proxy-ca.crt"),
    "requestheader-allowed-names": "front-proxy-client",
    "requestheader-extra-headers-prefix": "X-Remote-Extra-",
    "requestheader-group-headers": "X-Remote-Group",
    "requestheader-username-headers": "X-Remote-User",
    "proxy-client-cert-file": pki("front-proxy-client.crt"),
    "proxy-client-key-file": pki("front-proxy-client.key"),
    profiling: "false",
  });
}

function controllerManagerFlags(
  config: ClusterConfig,
  folders: ClusterFolders,
  pki: (file: string) => string,
): string[] {
  const kubeconfig = join(folders.state, "config", "controller-manager.kubeconfig");
  return flags({
    kubeconfig,
    "authentication-kubeconfig": kubeconfig,
    "authorization-kubeconfig": kubeconfig,
    "bind-address": "127.0.0.1",
    "cluster-name": config.name,
    "leader-elect": "false", // there is one; waiting for a lease of the previous run would cost 15 s
    "root-ca-file": pki("cluster-ca.crt"),
    "service-account-private-key-file": pki("service-account.key"),
    "use-service-account-credentials": "true",
    "cluster-signing-cert-file": pki("cluster-ca.crt"),
    "cluster-signing-key-file": pki("cluster-ca.key"),
    "horizontal-pod-autoscaler-initial-readiness-delay": "15s", // default 30 s; a dev machine has no slow image pulls
    "horizontal-pod-autoscaler-cpu-initialization-period": "60s", // default 5 min hides the load of a short rehearsal
    "terminated-pod-gc-threshold": "50",
    profiling: "false",
  });
}

function schedulerFlags(folders: ClusterFolders): string[] {
  const kubeconfig = join(folders.state, "config", "scheduler.kubeconfig");
  return flags({
    kubeconfig,
    "authentication-kubeconfig": kubeconfig,
    "authorization-kubeconfig": kubeconfig,
    "bind-address": "127.0.0.1",
    "leader-elect": "false",
    profiling: "false",
  });
}
