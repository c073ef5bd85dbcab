import { DURATION_EDGES } from "../../objective-limits.ts";
import type { Objective } from "../../words/promise.ts";
import type { AnyPart } from "../../words/service.ts";
import type { RolloutPlan } from "./rollout.ts";
import { parseDuration } from "../../quantity.ts";

/** Variables that make programs of one kind do by their own convention what the platform relies on; whatever `reads` says wins. */
export function presetSettings(part: AnyPart, { drainSeconds }: RolloutPlan): Record<string, string> {
  const counts = typeof part.measured === "object" && part.measured.prometheus === "micrometer";
  return { ...(part.health === "spring" ? spring(drainSeconds) : {}), ...(counts ? micrometer(part) : {}) };
}

/** Spring Boot: probes, and a stop that ends what was begun. */
function spring(drainSeconds: number): Record<string, string> {
  return {
    MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED: "true",
    SERVER_SHUTDOWN: "graceful",
    SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE: `${drainSeconds}s`,
  };
}

/** Micrometer in Spring Boot, whatever tells its health: a histogram, which it has none of by itself, with the edge of the promise. */
function micrometer(part: AnyPart): Record<string, string> {
  return {
    MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE: "health,prometheus",
    MANAGEMENT_METRICS_DISTRIBUTION_SLO_HTTP_SERVER_REQUESTS: edges(part.slo),
  };
}

/** The edge of the promise among a few around it: a panel of one edge shows nothing. */
function edges(slo: AnyPart["slo"]): string {
  const promised = isObjective(slo) ? (parseDuration(slo.latency.within) ?? 0) / 1000 : undefined;
  const all = new Set([...DURATION_EDGES.filter((edge) => edge >= 0.05), ...(promised ? [promised] : [])]);
  return [...all]
    .toSorted((a, b) => a - b)
    .map((edge) => `${Math.round(edge * 1000)}ms`)
    .join(",");
}

function isObjective(slo: AnyPart["slo"]): slo is Objective {
  return slo !== undefined && "latency" in slo;
}
