import { goProgram } from "./go-program.ts";
import type { ToolSet } from "./recipe.ts";

const KUBERNETES = "1.34.2";
const KUBERNETES_PROGRAMS = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubelet",
  "kube-proxy",
  "kubectl",
] as const;
const GITHUB = "https://github.com";
const kubernetesProgram = (name: string) => ({
  url: `https://dl.k8s.io/release/v${KUBERNETES}/bin/linux/{arch}/${name}`,
  sha256: `https://dl.k8s.io/release/v${KUBERNETES}/bin/linux/{arch}/${name}.sha256`,
  to: `bin/${name}`,
});

/** What the embedded cluster runs on its node. */
export const clusterTools = {
  kubernetes: {
    purpose: "control plane, kubelet and kubectl",
    version: KUBERNETES,
    tools: {
      "kube-apiserver": "bin/kube-apiserver",
      "kube-controller-manager": "bin/kube-controller-manager",
      "kube-scheduler": "bin/kube-scheduler",
      kubelet: "bin/kubelet",
      "kube-proxy": "bin/kube-proxy",
      kubectl: "bin/kubectl",
    },
    download: { files: KUBERNETES_PROGRAMS.map(kubernetesProgram) },
    build: [
      {
        kind: "go",
        module: "kubernetes",
        packages: KUBERNETES_PROGRAMS.map((name) => `k8s.io/kubernetes/cmd/${name}`),
        variables: [
          `k8s.io/component-base/version.gitVersion=v${KUBERNETES}`,
          "k8s.io/component-base/version.gitMajor=1",
          "k8s.io/component-base/version.gitMinor=34",
          `k8s.io/client-go/pkg/version.gitVersion=v${KUBERNETES}`,
        ],
      },
    ],
    minutes: 5.5,
    megabytes: 4500,
  },
  etcd: {
    purpose: "store of the control plane",
    version: "3.5.21",
    tools: { etcd: "bin/etcd" },
    installed: { program: "etcd", arguments: ["--version"], from: "3.4", below: "3.7" },
    download: {
      files: [
        {
          url: `${GITHUB}/etcd-io/etcd/releases/download/v3.5.21/etcd-v3.5.21-linux-{arch}.tar.gz`,
          sha256: `${GITHUB}/etcd-io/etcd/releases/download/v3.5.21/SHA256SUMS`,
          to: "bin",
          unpack: { strip: 1 },
        },
      ],
    },
    build: [{ kind: "debian", packages: ["etcd-server"], programs: { etcd: "usr/bin/etcd" } }],
    minutes: 0.2,
    megabytes: 60,
  },
  containerd: {
    purpose: "runs the containers of the embedded cluster",
    version: "1.7.29",
    tools: { containerd: "bin", runc: "bin/runc" },
    download: {
      files: [
        {
          url: `${GITHUB}/containerd/containerd/releases/download/v1.7.29/containerd-static-1.7.29-linux-{arch}.tar.gz`,
          sha256: `${GITHUB}/containerd/containerd/releases/download/v1.7.29/containerd-static-1.7.29-linux-{arch}.tar.gz.sha256sum`,
          to: "bin",
          unpack: { strip: 1 },
        },
        {
          url: `${GITHUB}/opencontainers/runc/releases/download/v1.3.3/runc.{arch}`,
          sha256: `${GITHUB}/opencontainers/runc/releases/download/v1.3.3/runc.sha256sum`,
          to: "bin/runc",
        },
      ],
    },
    build: [
      {
        kind: "debian",
        packages: ["containerd", "runc", "libseccomp2"],
        programs: {
          containerd: "usr/bin/containerd",
          "containerd-shim-runc-v2": "usr/bin/containerd-shim-runc-v2",
          ctr: "usr/bin/ctr",
          runc: "usr/sbin/runc",
        },
      },
    ],
    minutes: 0.2,
    megabytes: 250,
  },
  "cni-plugins": {
    purpose: "connects pods to the node's network",
    version: "1.8.0",
    tools: { "cni-plugins": "root/usr/lib/cni" },
    download: {
      files: [
        {
          url: `${GITHUB}/containernetworking/plugins/releases/download/v1.8.0/cni-plugins-linux-{arch}-v1.8.0.tgz`,
          sha256: `${GITHUB}/containernetworking/plugins/releases/download/v1.8.0/cni-plugins-linux-{arch}-v1.8.0.tgz.sha256`,
          to: "root/usr/lib/cni",
          unpack: { strip: 1 },
        },
      ],
    },
    build: [{ kind: "debian", packages: ["containernetworking-plugins"], programs: {} }],
    minutes: 0.2,
    megabytes: 100,
  },
  nftables: {
    purpose: "rules of Services and network policies",
    version: "1.0",
    tools: { nft: "bin/nft" },
    installed: { program: "nft", arguments: ["--version"], from: "1.0.1", below: "2" },
    build: [
      {
        kind: "debian",
        packages: [
          "nftables",
          "libnftables1",
          "libnftnl11",
          "libmnl0",
          "libjansson4",
          "libxtables12",
          "libgmp10",
          "libedit2",
          "libbsd0",
          "libmd0",
          "libtinfo6",
        ],
        programs: { nft: "usr/sbin/nft" },
      },
    ],
    minutes: 0.2,
    megabytes: 30,
  },
  "network-policy-controller": goProgram("enforces network policies", "1", "network-policy-controller", ".", [], 1),
  "volume-provisioner": goProgram("volumes on the node's disk", "1", "volume-provisioner", ".", [], 1),
  "gateway-api": {
    purpose: "definitions of Gateway and HTTPRoute",
    version: "1.4.0", // the one Traefik 3.6.7 is built with
    tools: { "gateway-api-crds": "standard.yaml" },
    build: [
      {
        kind: "go-files",
        module: "sigs.k8s.io/gateway-api",
        version: "v1.4.0",
        folder: "config/crd/standard",
        to: "standard.yaml",
      },
    ],
    minutes: 0.1,
    megabytes: 30,
  },
} as const satisfies Record<string, ToolSet>;
