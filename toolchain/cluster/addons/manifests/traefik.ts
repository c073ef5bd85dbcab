import { GATEWAY_PORT } from "../../../../model/names.ts";
import type { KubeObject } from "../../control-plane/object-path.ts";
import { addonDeployment, addonNamespace } from "./addon.ts";
import type { Addon } from "./addon.ts";
import { grantToAddon } from "./grant.ts";

const namespace = "traefik";
const named = { name: "traefik", namespace };

/** Port of every node that leads to the gateway; the forwarder on the host sends the HTTP entry there. */
export const httpNodePort = 30080;

const args = [
  "--providers.kubernetesgateway=true",
  "--providers.kubernetesgateway.statusaddress.hostname=localhost",
  "--providers.kubernetescrd=true", // Middleware: rate, body and concurrency limits
  "--providers.kubernetescrd.allowcrossnamespace=false",
  `--entrypoints.web.address=:${GATEWAY_PORT.web}`,
  "--entrypoints.web.transport.lifecycle.gracetimeout=15s", // open requests, after the pause before the stop
  `--entrypoints.traefik.address=:${GATEWAY_PORT.metrics}`,
  "--ping=true",
  "--metrics.prometheus=true",
  "--metrics.prometheus.addrouterslabels=true",
  "--accesslog=true",
  "--accesslog.format=json",
  "--log.level=INFO",
  "--global.checknewversion=false",
  "--global.sendanonymoususage=false",
];

/** Traefik as the controller of GatewayClass `traefik`. */
export function traefik(image: string, hash: (text: string) => string): Addon {
  const container = {
    name: "traefik",
    image,
    args,
    ports: { web: { port: GATEWAY_PORT.web }, metrics: { port: GATEWAY_PORT.metrics } },
    ready: { path: "/ping", port: "metrics" },
    alive: { path: "/ping", port: "metrics" },
    resources: { cpu: "100m", memory: "96Mi", memoryLimit: "384Mi" },
    mounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
  const pods = addonDeployment(
    namespace,
    container,
    [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
    hash(args.join()),
  );
  return {
    name: "traefik",
    namespace,
    awaited: true,
    objects: [addonNamespace(namespace), ...access(), service, gatewayClass, pods],
  };
}

const service: KubeObject = {
  apiVersion: "v1",
  kind: "Service",
  metadata: named,
  spec: {
    type: "NodePort",
    selector: { "app.kubernetes.io/name": "traefik" },
    ports: [{ name: "web", port: 80, targetPort: "web", nodePort: httpNodePort }],
  },
};

const gatewayClass: KubeObject = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "GatewayClass",
  metadata: { name: "traefik" },
  spec: { controllerName: "traefik.io/gateway-controller" },
};

const gatewayKinds = [
  "gatewayclasses",
  "gateways",
  "httproutes",
  "grpcroutes",
  "tcproutes",
  "tlsroutes",
  "referencegrants",
  "backendtlspolicies",
];

const ownKinds = [
  "middlewares",
  "middlewaretcps",
  "ingressroutes",
  "ingressroutetcps",
  "ingressrouteudps",
  "traefikservices",
  "tlsoptions",
  "tlsstores",
  "serverstransports",
  "serverstransporttcps",
];

function access(): KubeObject[] {
  const verbs = ["get", "list", "watch"];
  const status = gatewayKinds.map((kind) => `${kind}/status`);
  return grantToAddon(named, [
    { apiGroups: [""], resources: ["namespaces", "services", "secrets", "configmaps", "nodes"], verbs },
    { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs },
    { apiGroups: ["gateway.networking.k8s.io"], resources: gatewayKinds, verbs },
    { apiGroups: ["gateway.networking.k8s.io"], resources: status, verbs: ["update"] },
    { apiGroups: ["traefik.io"], resources: ownKinds, verbs },
    { apiGroups: ["networking.k8s.io", "extensions"], resources: ["ingresses", "ingressclasses"], verbs },
  ]);
}
