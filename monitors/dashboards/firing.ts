import { sum } from "../promql/aggregate.ts";
import { select } from "../promql/selector.ts";
import { RECORDED } from "../recorded.ts";
import type { Signal } from "../signal.ts";

/** Alerts that fire now. */
export const firing: Signal = {
  title: "Alerts firing",
  unit: "short",
  meaning: "Alerts that fire at this moment, by name.",
  expr: ({ where }) => sum(["alertname"], select(RECORDED.firing, where)),
};
