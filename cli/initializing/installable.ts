import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SHIPPED } from "../../toolchain/roots/shipped.ts";

/** Peers that a project needs which runs on a cluster, and is planned for AWS. */
const PEERS = [
  "@grafana/grafana-foundation-sdk",
  "@peculiar/x509",
  "@pulumi/aws",
  "@pulumi/docker-build",
  "@pulumi/eks",
  "@pulumi/kubernetes",
  "@pulumi/policy",
  "@pulumi/pulumi",
  "@pulumi/random",
  "jose",
  "reflect-metadata",
  "typebox",
  "uplot",
] as const;

interface Own {
  readonly version: string;
  readonly engines: object;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The package.json of a project that is not there yet: Slipway as it is running now, and what it needs beside itself. */
export function installable(name: string): object {
  const own = JSON.parse(readFileSync(join(SHIPPED, "package.json"), "utf8")) as Own;
  const ranges = { ...own.dependencies, ...own.peerDependencies };
  return {
    name: `${name}-deploy`,
    private: true,
    type: "module",
    engines: own.engines,
    dependencies: {
      ...Object.fromEntries(PEERS.map((peer) => [peer, exactly(ranges[peer] ?? "")])),
      slipway: `^${own.version}`,
    },
    devDependencies: { "@types/node": "^24.0.0", typescript: "^5.9.0" },
  };
}

/** The version that this Slipway was made with: a provider's program has the version of its package, and is at hand for this one. */
function exactly(range: string): string {
  return /\d+(\.\d+)*/.exec(range)?.[0] ?? range;
}
