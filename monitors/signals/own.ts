import type { MeasurePlan } from "../../model/plan/program/measures.ts";
import { max, sum } from "../promql/aggregate.ts";
import { select } from "../promql/selector.ts";
import type { Signal } from "../signal.ts";

/** A measure that one service alone has, as its description names it. */
export function own({ name, metric, kind, meaning }: MeasurePlan): Signal {
  return kind === "gauge"
    ? { title: name, unit: "short", meaning, expr: ({ where, by }) => max(by, select(metric, where)) }
    : {
        title: name,
        unit: "ops",
        meaning,
        expr: ({ where, by, window }) => sum(by, `rate(${select(metric, where)}[${window}])`),
      };
}
