import { SLOW_MAX_MS } from "../../../../model/call-limits.ts";
import { DEFAULTS } from "../../../../model/defaults.ts";
import { GATEWAY_PORT } from "../../../../model/names.ts";
import { CLUSTER_RIGHTS, DURATION_BUCKETS, ROUTE_RIGHTS, watching } from "../../../../model/traefik.ts";
import type { KubeObject } from "../../control-plane/object-path.ts";
import { addonDeployment, addonNamespace } from "./addon.ts";
import type { Addon, AddonPlace } from "./addon.ts";
import { bindAddonIn, clusterRole, grantToAddon } from "./grant.ts";
import { DNS_QUESTIONS, onlyThese, PROBE, PROMETHEUS, servicesOf } from "./traffic.ts";

const namespace = "traefik";
const named = { name: "traefik", namespace };

/** Port of every node that leads to the gateway; the forwarder sends the HTTP entry there, from within the cluster's network. */
export const httpNodePort = 30080;

/** One gateway for systems that come later: the slowest answer, or stop of a stream, that any description may ask for. It ends as soon as nothing is under way. */
const drainSeconds = SLOW_MAX_MS / 1000 + DEFAULTS.gateway.marginSeconds.value;

const argsFor = (systems: readonly string[]): string[] => [
  ...watching([namespace, ...systems]),
  "--providers.kubernetesgateway.statusaddress.hostname=localhost",
  `--entrypoints.web.address=:${GATEWAY_PORT.web}`,
  `--entrypoints.web.transport.lifecycle.gracetimeout=${drainSeconds}s`, // open requests, after the pause before the stop
  "--entrypoints.web.transport.respondingtimeouts.readtimeout=0s", // what streams in both directions is never read to its end
  `--entrypoints.traefik.address=:${GATEWAY_PORT.metrics}`,
  "--ping=true",
  "--metrics.prometheus=true",
  DURATION_BUCKETS,
  "--accesslog=true",
  "--accesslog.format=json",
  "--log.level=INFO",
  "--global.checknewversion=false",
  "--global.sendanonymoususage=false",
];

/** Traefik as the controller of GatewayClass `traefik`, for the routes of these systems. */
export function traefik(image: string, place: AddonPlace, hash: (text: string) => string): Addon {
  const args = argsFor(place.systems);
  const container = {
    name: "traefik",
    image,
    args,
    ports: { web: { port: GATEWAY_PORT.web }, metrics: { port: GATEWAY_PORT.metrics } },
    ready: { path: "/ping", port: "metrics" },
    alive: { path: "/ping", port: "metrics" },
    resources: { cpu: "100m", memory: "96Mi", memoryLimit: "384Mi" },
    drainSeconds,
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
    objects: [addonNamespace(namespace), ...access(place.systems), ...traffic(place), service, gatewayClass, pods],
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

/** Rights in the namespace of each system, which is made here: Traefik waits until it may list what is in all of them. */
function access(systems: readonly string[]): KubeObject[] {
  const role = "slipway:traefik-routes";
  return [
    ...grantToAddon(named, CLUSTER_RIGHTS),
    clusterRole(role, ROUTE_RIGHTS),
    bindAddonIn(namespace, role, named),
    ...systems.flatMap((system) => [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: system } },
      bindAddonIn(system, role, named),
    ]),
  ];
}

/**
 * In: the probe and Prometheus; the node itself, and so the forwarder, needs no rule. Out: the API server, the name service (it asks for
 * who checks tokens by name), and the services of the systems, no store among them, on the ports that each of them opens to it.
 */
function traffic({ apiServer, systems }: AddonPlace): KubeObject[] {
  return onlyThese(
    named,
    [
      { peers: [PROBE], ports: [GATEWAY_PORT.web] },
      { peers: [PROMETHEUS], ports: [GATEWAY_PORT.metrics] },
    ],
    [apiServer, DNS_QUESTIONS, ...(systems.length === 0 ? [] : [{ peers: systems.map(servicesOf), ports: [] }])],
  );
}
