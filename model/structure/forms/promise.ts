import type { Declined } from "../../words/declined.ts";
import type { Measure, MeasureAlert } from "../../words/measure.ts";
import type { Measured, Objective } from "../../words/promise.ts";
import { choice, decimal, either, group, list, optional, sentence, text, whole } from "../shape.ts";
import type { Agrees, Proof } from "../told.ts";

export const declined = group({ declined: sentence("why it is left out") });
export const share = group({ percent: decimal(99), within: text("300ms") });
export const objective = group({ availability: decimal(99.9), latency: share, freshness: optional(share) });

export const measured = either(
  choice("kit", "gateway"),
  group({
    prometheus: either(
      choice("micrometer", "promhttp"),
      group({ seconds: text("http_request_duration_seconds"), good: text('code!~"5.."') }),
    ),
    path: text("/metrics"),
    port: optional(whole(8080)),
  }),
);

const measureAlert = group({
  severity: choice("page", "ticket"),
  limit: either(group({ above: decimal(100) }), group({ below: decimal(1) })),
  lasting: text("5m"),
  impact: sentence("what it costs"),
  fix: list(sentence("what to do")),
});

export const measure = group({
  metric: text("orders_waiting"),
  kind: choice("gauge", "counter"),
  meaning: sentence("what the number says"),
  alert: optional(measureAlert),
});

export type Agreed = [
  Proof<Agrees<typeof declined, Declined>>,
  Proof<Agrees<typeof objective, Objective>>,
  Proof<Agrees<typeof measured, Measured>>,
  Proof<Agrees<typeof measureAlert, MeasureAlert>>,
  Proof<Agrees<typeof measure, Measure>>,
];
