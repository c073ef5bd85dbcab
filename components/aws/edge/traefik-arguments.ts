import { DURATION_BUCKETS, watching } from "../../../model/traefik.ts";
import { SYSTEM_LABEL } from "./gateway-identity.ts";
import { type Input, interpolate, type Output } from "@pulumi/pulumi";
import { GATEWAY_PORT } from "../../../model/names.ts";
import type { EntryWaits } from "../../../model/plan/edges/entry.ts";

/** Seconds in which Traefik has to have read a request, if nobody says otherwise. */
const READ_SECONDS = 60;
/** Seconds that Traefik keeps an idle connection longer than the load balancer, so that this one closes first. */
const IDLE_MARGIN_SECONDS = 15;

/** How long requests and connections of one system may last. */
export interface TraefikWaits extends EntryWaits {
  /** Seconds that the load balancer keeps an idle connection. */
  readonly silentSeconds: number;
}

/** How Traefik is started: what it watches, whom it believes about clients' addresses, what it measures and writes down. */
export function traefikArguments(
  system: string,
  trusted: Output<readonly string[]>,
  waits: TraefikWaits,
): Input<string>[] {
  return [
    ...watching([system]),
    `--providers.kubernetesgateway.labelselector=${SYSTEM_LABEL}=${system}`,
    `--entrypoints.web.address=:${GATEWAY_PORT.web}`,
    interpolate`--entrypoints.web.forwardedheaders.trustedips=${trusted.apply((blocks) => blocks.join(","))}`,
    `--entrypoints.web.transport.lifecycle.gracetimeout=${waits.drainSeconds}s`,
    "--entrypoints.web.transport.keepalivemaxtime=0",
    `--entrypoints.web.transport.respondingtimeouts.idletimeout=${waits.silentSeconds + IDLE_MARGIN_SECONDS}s`,
    ...reading(waits),
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

/** Who streams in both directions is never read to the end, and who may answer late may be sent a long body. */
function reading({ answerSeconds, streams }: TraefikWaits): string[] {
  if (!streams && answerSeconds <= READ_SECONDS) return [];
  return [`--entrypoints.web.transport.respondingtimeouts.readtimeout=${streams ? 0 : answerSeconds}s`];
}
