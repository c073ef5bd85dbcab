import { setTimeout as sleep } from "node:timers/promises";
import { LABEL } from "../../../model/names.ts";
import { quiet } from "../../machine/progress.ts";
import type { ToolSet } from "../../tools/catalogue/recipe.ts";
import { provide } from "../../tools/resolve.ts";
import type { ApiClient } from "../control-plane/api-client.ts";
import { readProc } from "../../machine/proc.ts";
import { podProcesses } from "../node/cgroups.ts";
import { loadScratchImage, programReference } from "../images/cluster-images.ts";
import { objectPath } from "../control-plane/object-path.ts";
import type { KubeObject } from "../control-plane/object-path.ts";

const probe: ToolSet = {
  purpose: "workload of the live tests",
  version: "1",
  tools: { probe: "bin/probe" },
  build: [{ kind: "go", module: "probe", packages: ["."] }],
  minutes: 0.1,
  megabytes: 100,
};

interface PodObject {
  readonly metadata: { readonly deletionTimestamp?: string };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: readonly { type: string; status: string }[];
    readonly containerStatuses?: readonly { containerID?: string; restartCount: number }[];
  };
}

/** Builds the probe and puts its image into a cluster; answers the reference. */
export async function loadProbeImage(cluster: string): Promise<string> {
  const program = (await provide("probe", probe, quiet))["probe"] as string;
  const reference = programReference("probe", program);
  await loadScratchImage(cluster, { reference, program, user: "65532:65532" });
  return reference;
}

/** A probe pod, with the claim `claim` mounted at /data if there is one; it connects to `first` before anything else. */
export function probePod(namespace: string, name: string, image: string, claim?: string, first = ""): KubeObject {
  const data = claim === undefined ? [] : [{ name: "data", persistentVolumeClaim: { claimName: claim } }];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { app: name, [LABEL.component]: "service" } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      securityContext: { fsGroup: 65532 },
      containers: [
        {
          name: "probe",
          image,
          env: [{ name: "FIRST", value: first }],
          ports: [{ name: "web", containerPort: 8080 }],
          readinessProbe: { httpGet: { path: "/hello", port: "web" }, periodSeconds: 1 },
          volumeMounts: data.map(({ name: volume }) => ({ name: volume, mountPath: "/data" })),
        },
      ],
      volumes: data,
    },
  };
}

/** Starts pods and waits until they answer. */
export async function startPods(api: ApiClient, pods: readonly KubeObject[]): Promise<void> {
  for (const pod of pods) await api.apply(objectPath(pod), pod);
  for (const pod of pods) await ready(api, objectPath(pod));
}

/** Waits until the pod at `path` is ready and answers its address and its container. */
export async function ready(
  api: ApiClient,
  path: string,
  seconds = 60,
): Promise<{ address: string; container: string }> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(100)) {
    const pod = await api.get<PodObject>(path).catch(() => undefined);
    const isReady = pod?.status.conditions?.some(({ type, status }) => type === "Ready" && status === "True");
    if (isReady && pod?.metadata.deletionTimestamp === undefined) {
      return { address: pod?.status.podIP ?? "", container: pod?.status.containerStatuses?.[0]?.containerID ?? "" };
    }
  }
  throw new Error(`${path} was not ready within ${seconds} s`);
}

/** Containers of the pod at `path` that were ever started. */
export async function started(api: ApiClient, path: string): Promise<string[]> {
  const pod = await api.get<PodObject>(path);
  return (pod?.status.containerStatuses ?? []).map(({ containerID }) => containerID ?? "").filter((id) => id !== "");
}

/** File of the network namespace of a probe pod. */
export function podNamespace(cluster: string, pod: string): string {
  const inside = podProcesses(cluster).find((pid) => readProc(pid, "environ")?.includes(`HOSTNAME=${pod}\0`));
  return `/proc/${inside ?? "no-such-pod"}/ns/net`;
}

/** Deletes an object and waits until it is gone. */
export async function remove(api: ApiClient, path: string): Promise<void> {
  await api.send("DELETE", path);
  while ((await api.get(path)) !== undefined) await sleep(100);
}

/** Asks a probe something; the API server carries the request to the pod. */
export async function ask(api: ApiClient, namespace: string, pod: string, what: string): Promise<string> {
  return await api.send("GET", `/api/v1/namespaces/${namespace}/pods/${pod}:8080/proxy${what}`);
}
