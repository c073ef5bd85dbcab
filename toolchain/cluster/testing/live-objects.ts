import type { KubeObject } from "../control-plane/object-path.ts";

/** Namespace of everything the live test of a cluster declares. */
export const space = "live-test";

/** The volume of the pod `server`. */
export const claim: KubeObject = {
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: "data", namespace: space },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Mi" } } },
};

/** The Service in front of the pod `server`. */
export const service: KubeObject = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "server", namespace: space },
  spec: { selector: { app: "server" }, ports: [{ port: 80, targetPort: "web" }] },
};

/** The HTTP entry. */
export const gateway: KubeObject = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "entry", namespace: space },
  spec: { gatewayClassName: "traefik", listeners: [{ name: "http", protocol: "HTTP", port: 8000 }] },
};

/** The way from the entry to the pod `server`. */
export const route: KubeObject = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "hello", namespace: space },
  spec: {
    parentRefs: [{ name: "entry" }],
    rules: [
      { matches: [{ path: { type: "PathPrefix", value: "/hello" } }], backendRefs: [{ name: "server", port: 80 }] },
    ],
  },
};
