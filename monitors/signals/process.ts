import { max } from "../promql/aggregate.ts";
import { timeSpent } from "../promql/rate.ts";
import { series } from "../promql/selector.ts";
import { signals } from "../signal.ts";

/** The Node process inside a container. */
export const process = signals({
  eventLoop: {
    title: "Event loop p99",
    unit: "s",
    meaning: "How late the process gets to its work; above 100 ms every request waits.",
    expr: ({ where, by }) => max(by, series("eventLoopLag", where)),
  },
  heap: {
    title: "Heap in use",
    unit: "percentunit",
    meaning: "Heap as a share of the most V8 may take.",
    expr: ({ where, by }) => max(by, `${series("heapUsed", where)} / ${series("heapLimit", where)}`),
  },
  gc: {
    title: "Garbage collection",
    unit: "percentunit",
    meaning: "Share of time spent collecting garbage.",
    expr: (view) => timeSpent("gcDuration", view),
  },
  files: {
    title: "Open files",
    unit: "percentunit",
    meaning: "Open file descriptors as a share of those allowed.",
    expr: ({ where, by }) => max(by, `${series("openFiles", where)} / ${series("maxFiles", where)}`),
  },
});
