import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Binaries } from "../config/binaries.ts";
import { addresses } from "../config/cluster-config.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { apiServerPort, controlPlane } from "../control-plane/control-plane.ts";
import type { ClusterFolders } from "../config/folders.ts";
import { httpNodePort } from "../addons/manifests/traefik.ts";
import { nodeProcesses } from "../node/node-processes.ts";
import type { ProcessPlan, ProcessSpec } from "../config/process-spec.ts";
import { ownProgram } from "../../roots/shipped.ts";

/** Every process of the cluster, in the order in which they are started. */
export function processPlan(config: ClusterConfig, folders: ClusterFolders, binaries: Binaries): ProcessPlan {
  const inside = [...controlPlane(config, folders, binaries), ...nodeProcesses(config, folders, binaries)];
  const configuration = fingerprint(folders);
  const processes = inside.map((spec) => ({ ...spec, env: { ...spec.env, SLIPWAY_CONFIGURATION: configuration } }));
  return { cluster: config.name, state: folders.state, processes: [...processes, forwarder(config, folders)] };
}

/** Part of what a process is started with, so that renewed certificates and changed settings restart it. */
function fingerprint(folders: ClusterFolders): string {
  const hash = createHash("sha256");
  for (const folder of ["config", "pki"]) {
    for (const name of readdirSync(join(folders.state, folder)).sort())
      hash.update(name).update(readFileSync(join(folders.state, folder, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** The only process in the host's network: it listens on 127.0.0.1 and nowhere else. */
function forwarder(config: ClusterConfig, folders: ClusterFolders): ProcessSpec {
  const { node } = addresses(config);
  const program = ownProgram("toolchain/cluster/processes/forwarder");
  const names = config.httpNames.map((name) => `,${name}`).join("");
  const routes = [
    `${config.apiPort}=${node}:${apiServerPort}`,
    `http:${config.httpPort}=${node}:${httpNodePort}${names}`,
  ];
  const args = ["--disable-warning=ExperimentalWarning", program, config.name, folders.netns, ...routes];
  return { name: "forwarder", command: process.execPath, args, env: stateHome(), network: "host", after: [] };
}

/** The forwarder also guards the supervisor, so it has to find the cluster's folders. */
function stateHome(): Record<string, string> {
  const { XDG_STATE_HOME, HOME = "/root" } = process.env;
  return XDG_STATE_HOME === undefined ? { HOME } : { HOME, XDG_STATE_HOME };
}
