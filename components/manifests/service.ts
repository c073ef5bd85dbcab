import type { types } from "@pulumi/kubernetes";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import { namedMetadata, type Owner, selector } from "./metadata.ts";

/** The address of one service inside the cluster. Metrics are not on it, so no route can ever lead to them. */
export function service(
  owner: Owner,
  { answers, source }: Pick<WorkloadPlan, "answers" | "source">,
): types.input.core.v1.Service {
  return {
    metadata: namedMetadata(owner, owner.name),
    spec: {
      type: "ClusterIP",
      // A gateway waits half a minute for an address without pods, and cannot be told otherwise; a name without pods
      // it gives up at once.
      ...(source.kind === "shipped" ? { clusterIP: "None" } : {}),
      selector: selector(owner),
      ports: answers.map(({ name, protocol, known }) => ({
        name,
        port: known,
        targetPort: name,
        // The gateway asks by it in HTTP/2 without TLS, which gRPC needs.
        ...(protocol === "grpc" ? { appProtocol: "kubernetes.io/h2c" } : {}),
      })),
    },
  };
}

/** One stable address a pod, for stores whose members must tell each other apart. */
export function headlessService(
  owner: Owner,
  ports: readonly { name: string; port: number }[],
): types.input.core.v1.Service {
  return {
    metadata: namedMetadata(owner, owner.name),
    spec: {
      clusterIP: "None",
      selector: selector(owner),
      // Members of a new cluster must find each other before any of them can be ready.
      publishNotReadyAddresses: true,
      ports: ports.map(({ name, port }) => ({ name, port, targetPort: name })),
    },
  };
}
