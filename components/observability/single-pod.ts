import type { types } from "@pulumi/kubernetes";
import { metadata, namedMetadata, type Owner, selector } from "../manifests/metadata.ts";

/** One pod that a newer one replaces without a gap. */
export function one(owner: Owner, template: types.input.core.v1.PodTemplateSpec): types.input.apps.v1.Deployment {
  return {
    metadata: metadata(owner),
    spec: {
      replicas: 1,
      selector: { matchLabels: selector(owner) },
      revisionHistoryLimit: 3,
      minReadySeconds: 5,
      progressDeadlineSeconds: 300,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template,
    },
  };
}

/** The address inside the cluster. */
export function address(owner: Owner, port: number): types.input.core.v1.Service {
  return {
    metadata: namedMetadata(owner, owner.name),
    spec: { selector: selector(owner), ports: [{ name: "http", port, targetPort: "http" }] },
  };
}
