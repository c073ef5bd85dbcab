import type { types } from "@pulumi/kubernetes";
import { PORT } from "../../model/names.ts";
import { namedMetadata, type Owner, selector } from "./metadata.ts";

/** The address of one service inside the cluster. Metrics are not on it, so no route can ever lead to them. */
export function service(owner: Owner): types.input.core.v1.Service {
  return {
    metadata: namedMetadata(owner, owner.name),
    spec: {
      type: "ClusterIP",
      selector: selector(owner),
      ports: [{ name: "http", port: PORT.http, targetPort: "http" }],
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
