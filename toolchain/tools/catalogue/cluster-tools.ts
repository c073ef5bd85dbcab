import { goProgram } from "./go-program.ts";
import type { Sums, ToolSet } from "./recipe.ts";

const KUBERNETES = "1.34.2";
/** The programs that are needed, and what each is as the release has it. */
const KUBERNETES_SUMS: Readonly<Record<string, Sums>> = {
  "kube-apiserver": {
    amd64: "ca822082ec39e54a25836a4011ddb66e482e317a7a4f1a1f73882bbd2cf5a2a1",
    arm64: "6ade6c2646e2c01fde1095407452afc2b65e89d6da16da29ee39f6223ccaf63b",
  },
  "kube-controller-manager": {
    amd64: "4fbb6ac7a65300962ab2f716f9fb6aa8c829c9f00c231a5a978262a4cbf8517f",
    arm64: "5b990c3f0bf8fb6cba2b4c82134a6be139e6c3113d9b9342e627335acceddbf8",
  },
  "kube-scheduler": {
    amd64: "97cbbca904601ffb2fd7e22ed3576f7c24b519abeb1c43f4dd136bfb200d223a",
    arm64: "105d8159d01c0c49693a6c04539642b09c3b15b9179ab1baad8d368941ef51a7",
  },
  kubelet: {
    amd64: "9c5e717b774ee9b9285ce47e7d2150c29e84837eb19a7eaa24b60b1543c9d58f",
    arm64: "3e31b1bee9ab32264a67af8a19679777cd372b1c3a04b5d7621289cf137b357c",
  },
  "kube-proxy": {
    amd64: "df7d993a7860868ef6b65bc11d8fc83d5f9d738cda1d9b916162798978d7a642",
    arm64: "a5af548fdda6ceecabf7819b70f7044134de418daff53ec549d04aea3d72d06d",
  },
  kubectl: {
    amd64: "9591f3d75e1581f3f7392e6ad119aab2f28ae7d6c6e083dc5d22469667f27253",
    arm64: "95df604e914941f3172a93fa8feeb1a1a50f4011dfbe0c01e01b660afc8f9b85",
  },
};
const KUBERNETES_PROGRAMS = Object.keys(KUBERNETES_SUMS);
const GITHUB = "https://github.com";
const kubernetesProgram = ([name, sha256]: [string, Sums]) => ({
  url: `https://dl.k8s.io/release/v${KUBERNETES}/bin/linux/{arch}/${name}`,
  sha256,
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
    download: { files: Object.entries(KUBERNETES_SUMS).map(kubernetesProgram) },
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
          sha256: {
            amd64: "adddda4b06718e68671ffabff2f8cee48488ba61ad82900e639d108f2148501c",
            arm64: "95bf6918623a097c0385b96f139d90248614485e781ec9bee4768dbb6c79c53f",
          },
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
          sha256: {
            amd64: "ba4a2e919d2882dba707d8c9c436ed3496e3bb99f5cfb13a31b29b497cf7ec2e",
            arm64: "d428ad3fb7036c07c141f6666de575d8c7fd862e658a28da5ae20b737fdf7d75",
          },
          to: "bin",
          unpack: { strip: 1 },
        },
        {
          url: `${GITHUB}/opencontainers/runc/releases/download/v1.3.3/runc.{arch}`,
          sha256: {
            amd64: "8781ab9f71c12f314d21c8e85f13ca1a82d90cf475aa5131a7b543fcc5487543",
            arm64: "3c9a8e9e6dafd00db61f4611692447ebab4a56388bae4f82192aed67b66df712",
          },
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
          sha256: {
            amd64: "ab3bda535f9d90766cccc90d3dddb5482003dd744d7f22bcf98186bf8eea8be6",
            arm64: "57ce466fc3b79db1f19b8f4c63e07a1112306efa53c94fe810a2150dd9e07ddb",
          },
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
