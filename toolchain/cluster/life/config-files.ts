import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Binaries } from "../config/binaries.ts";
import { addresses } from "../config/cluster-config.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { apiServerPort } from "../control-plane/control-plane.ts";
import type { ClusterFolders } from "../config/folders.ts";
import { kubeconfig } from "../control-plane/kubeconfig.ts";
import { linkPlugins } from "../node/link-plugins.ts";
import { cniConflist, containerdToml, kubeProxyConfiguration, kubeletConfiguration } from "../node/node-files.ts";
import { writeAtomically } from "../../machine/write-atomically.ts";

const daemons = [
  "kubelet",
  "controller-manager",
  "scheduler",
  "kube-proxy",
  "network-policy-controller",
  "volume-provisioner",
];

/** Writes every file the processes of the cluster read. The same input gives the same bytes. */
export function writeConfigFiles(config: ClusterConfig, folders: ClusterFolders, binaries: Binaries): void {
  const pki = join(folders.state, "pki");
  const write = (file: string, content: string) => writeAtomically(join(folders.state, file), content);
  const json = (file: string, content: object) => write(file, JSON.stringify(content, null, 2));
  for (const folder of ["kubelet", "log", "volumes", "logs"])
    mkdirSync(join(folders.state, folder), { recursive: true, mode: 0o711 });

  const inside = `https://${addresses(config).node}:${apiServerPort}`;
  for (const user of daemons)
    write(`config/${user}.kubeconfig`, kubeconfig({ pki, user, server: inside, cluster: config.name }));
  write(
    "kubeconfig",
    kubeconfig({ pki, user: "admin", server: `https://127.0.0.1:${config.apiPort}`, cluster: config.name }),
  );

  json("config/encryption.json", encryption(readFileSync(join(pki, "encryption.key"), "utf8")));
  json("config/authentication.json", authentication);
  json("config/kubelet.json", kubeletConfiguration(config, folders));
  json("config/kube-proxy.json", kubeProxyConfiguration(config, folders));
  json("cni/10-slipway.conflist", cniConflist(config, folders));
  linkPlugins(join(folders.state, "cni-plugins"), binaries);
  write("config/containerd.toml", containerdToml(folders, binaries));
  write("config/resolv.conf", ""); // pods with dnsPolicy Default get no name server of the host: there is no way out to it
}

/** Secrets are encrypted before they reach etcd's files; `identity` only reads what an older state may hold. */
function encryption(key: string): object {
  return {
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [
      {
        resources: ["secrets"],
        providers: [{ secretbox: { keys: [{ name: "slipway", secret: key }] } }, { identity: {} }],
      },
    ],
  };
}

/** Nobody is anonymous, except who asks whether the API server is alive. */
const authentication = {
  apiVersion: "apiserver.config.k8s.io/v1",
  kind: "AuthenticationConfiguration",
  anonymous: { enabled: true, conditions: [{ path: "/livez" }, { path: "/readyz" }, { path: "/healthz" }] },
};
