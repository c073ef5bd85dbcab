import type { Input } from "@pulumi/pulumi";
import { DEFAULTS } from "../../model/defaults.ts";
import type { RoutePlan } from "../../model/plan/edges/entry.ts";
import { type CustomObject, TRAEFIK } from "./custom-object.ts";
import { metadata, namedMetadata, type Owner } from "./metadata.ts";

const API_VERSION = `${TRAEFIK}/v1alpha1`;

/**
 * How long the gateway waits for a program. A route's own `timeouts` would mean nothing: Traefik (3.6) supports none of the
 * Gateway API. Nor does it end what gRPC programs leave open, whose callers send a deadline of their own.
 */
export function transport(owner: Owner, timeoutMs: number | null): CustomObject {
  const { connectMs, idleMs } = DEFAULTS.gateway;
  return {
    apiVersion: API_VERSION,
    kind: "ServersTransport",
    metadata: metadata(owner),
    spec: {
      forwardingTimeouts: {
        dialTimeout: `${connectMs.value}ms`,
        idleConnTimeout: `${idleMs.value}ms`,
        ...(timeoutMs === null ? {} : { responseHeaderTimeout: `${timeoutMs}ms` }), // what stays open has no end
      },
    },
  };
}

/** The replicas behind a port, asked over a transport; a cookie keeps a client with one of them where the description says why. */
export function balancer(
  owner: Owner,
  { service, port, protocol, sticky }: RoutePlan,
  serversTransport: Input<string>,
): CustomObject {
  const cookie = { name: "slipway-replica", httpOnly: true, sameSite: "lax" };
  return {
    apiVersion: API_VERSION,
    kind: "TraefikService",
    metadata: namedMetadata(owner, balancerName(service, port)),
    spec: {
      weighted: {
        services: [
          {
            ...{ kind: "Service", name: service, port, serversTransport },
            ...(protocol === "grpc" ? { scheme: "h2c" } : {}),
            ...(sticky === null ? {} : { sticky: { cookie } }),
          },
        ],
      },
    },
  };
}

/** A name of its own: Traefik calls the Service behind it `<service>-<port>`. */
function balancerName(service: string, port: number): string {
  return `${service}-${port}-balanced`;
}

/** How a route refers to the balancer of its service. */
export function backend({ service, port, system }: RoutePlan): object {
  const name = `${system}-${balancerName(service, port)}@kubernetescrd`; // as Traefik names what another of its providers knows
  return { group: TRAEFIK, kind: "TraefikService", name, port, weight: 1 };
}
