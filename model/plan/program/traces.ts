import type { AnyPart } from "../../words/service.ts";
import type { Value } from "../../words/value.ts";

/** The standard variables of OpenTelemetry and Zipkin for what a program sends; nothing for one that sends nothing. */
export function traceReads(
  { traces = "none" }: Pick<AnyPart, "traces">,
  system: string,
  name: string,
): Record<string, Value> {
  if (traces === "otlp")
    return {
      OTEL_EXPORTER_OTLP_ENDPOINT: { of: "self", fact: "traces" },
      OTEL_SERVICE_NAME: name,
      OTEL_RESOURCE_ATTRIBUTES: `service.namespace=${system}`,
    };
  return traces === "zipkin" ? { MANAGEMENT_ZIPKIN_TRACING_ENDPOINT: { of: "self", fact: "traces" } } : {};
}
