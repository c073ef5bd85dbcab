import { DURATION_EDGES } from "../../objective-limits.ts";
import type { Objective } from "../../words/promise.ts";
import type { AnyPart } from "../../words/service.ts";
import type { RolloutPlan } from "./rollout.ts";
import { parseDuration } from "../../quantity.ts";

/** Variables that make programs of one kind do by their own convention what the platform relies on; whatever `reads` says wins. */
export function presetSettings(part: AnyPart, { drainSeconds }: RolloutPlan): Record<string, string> {
  return { ...(part.health === "spring" ? spring(part, drainSeconds) : {}) };
}

/** Spring Boot: probes, a stop that ends what was begun, and a histogram with the edge of the promise. */
function spring(part: AnyPart, drainSeconds: number): Record<string, string> {
  const counts = typeof part.measured === "object" && part.measured.prometheus === "micrometer";
  return {
    MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED: "true",
    SERVER_SHUTDOWN: "graceful",
    SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE: `${drainSeconds}s`,
    ...(counts
      ? {
          MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE: "health,prometheus",
          MANAGEMENT_METRICS_DISTRIBUTION_SLO_HTTP_SERVER_REQUESTS: edges(part.slo),
        }
      : {}),
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
