/** What BuildKit is started with, besides its folders. */
export interface DaemonSettings {
  /** Folder of layers and cache mounts; kept between builds. */
  readonly root: string;
  /** Folder of sockets, gone with the daemon. */
  readonly run: string;
  /** What runs the steps. */
  readonly runtime: string;
}

/** Layers and cache mounts of earlier builds that stay: enough for a system of a dozen services, not the disk. */
const KEPT = { maxUsedSpace: "12GB", reservedSpace: "2GB", minFreeSpace: "5GB" } as const;

/** Settings of the builder as it reads them. Steps use the network of this machine: they fetch packages as a shell here would. */
export function daemonSettings({ root, run, runtime }: DaemonSettings): string {
  const text = JSON.stringify; // a string of JSON is one of TOML
  return `root = ${text(root)}

[grpc]
address = [${text(`unix://${run}/buildkitd.sock`)}]

[otel]
socketPath = ${text(`${run}/otel.sock`)}

[cdi]
disabled = true

[worker.containerd]
enabled = false

[worker.oci]
enabled = true
binary = ${text(runtime)}
networkMode = "host"
gc = true
reservedSpace = ${text(KEPT.reservedSpace)}
maxUsedSpace = ${text(KEPT.maxUsedSpace)}
minFreeSpace = ${text(KEPT.minFreeSpace)}
`;
}
