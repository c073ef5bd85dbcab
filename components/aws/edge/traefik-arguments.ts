import { DURATION_BUCKETS, watching } from "../../../model/traefik.ts";
import { SYSTEM_LABEL } from "./gateway-identity.ts";
import { type Input, interpolate, type Output } from "@pulumi/pulumi";
import { GATEWAY_PORT } from "../../../model/names.ts";

/** Seconds to finish what is running once nothing new arrives. */
export const DRAIN_SECONDS = 15;

/** How Traefik is started: what it watches, whom it believes about clients' addresses, what it measures and writes down. */
export function traefikArguments(system: string, trusted: Output<readonly string[]>): Input<string>[] {
  return [
    ...watching([system]),
    `--providers.kubernetesgateway.labelselector=${SYSTEM_LABEL}=${system}`,
    `--entrypoints.web.address=:${GATEWAY_PORT.web}`,
    interpolate`--entrypoints.web.forwardedheaders.trustedips=${trusted.apply((blocks) => blocks.join(","))}`,
    `--entrypoints.web.transport.lifecycle.gracetimeout=${DRAIN_SECONDS}s`,
    "--entrypoints.web.transport.keepalivemaxtime=0",
    "--entrypoints.web.transport.respondingtimeouts.idletimeout=75s", // longer than the load balancer's, so that it closes first
    "--ping=true",
    "--ping.entrypoint=web",
    `--entrypoints.metrics.address=:${GATEWAY_PORT.metrics}`,
    "--metrics.prometheus=true",
    "--metrics.prometheus.entrypoint=metrics",
    DURATION_BUCKETS,
    "--accesslog=true",
    "--accesslog.format=json",
    "--log.level=INFO",
    "--global.checknewversion=false",
    "--global.sendanonymoususage=false",
  ];
}
