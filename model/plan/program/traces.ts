import type { AnyPart } from "../../words/service.ts";
import type { Variables } from "./pieces.ts";

/**
 * The standard variables of OpenTelemetry, and of Spring's Zipkin client, for what a program sends: where to, as whom, and
 * nothing at all where nobody takes traces. No variable for a program that sends none.
 */
export function traceVariables({ traces = "none" }: Pick<AnyPart, "traces">, system: string, name: string): Variables {
  if (traces === "none") return { settings: {}, composed: {}, ofPod: {} };
  if (traces === "zipkin")
    return {
      settings: {},
      composed: {
        MANAGEMENT_ZIPKIN_TRACING_ENDPOINT: [{ place: "traces" }],
        MANAGEMENT_TRACING_ENABLED: [{ place: "tracesOn" }],
      },
      ofPod: {},
    };
  return {
    settings: { OTEL_SERVICE_NAME: name, OTEL_RESOURCE_ATTRIBUTES: `service.namespace=${system}` },
    composed: {
      OTEL_EXPORTER_OTLP_ENDPOINT: [{ place: "traces" }],
      OTEL_SDK_DISABLED: [{ place: "tracesOff" }],
    },
    ofPod: {},
  };
}
