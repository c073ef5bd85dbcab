import type { Alert, Runbook } from "../../alert.ts";
import type { InputSeries } from "../../proof.ts";
import { duration } from "../../promql/duration.ts";
import type { View } from "../../promql/selector.ts";
import type { Timing } from "../../timing.ts";
import { bookWith } from "../outline.ts";

const LABELS = { instance: "node-1" };

/** All machines, each for itself. */
export const nodeView = (timing: Timing): View => ({ where: [], window: duration(timing.rate), by: ["instance"] });

/** A series of one machine. */
export const of = (metric: string, labels: Record<string, string> = {}): string =>
  `${metric}{${Object.entries({ job: "node", ...LABELS, ...labels })
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;

/** How a figure of one machine is brought about. */
export const gauge = (
  series: (value: number, every: number) => InputSeries[],
  values: { firing?: number; silent?: number } = {},
): Alert["proof"] => ({ series, labels: LABELS, settles: 0, ...values });

/** A runbook that first looks at the machine. */
export const nodeBook: (symptom: string, impact: string, fix: readonly string[]) => Runbook = bookWith([
  "kubectl get nodes -o wide",
  "kubectl describe node <node> | grep -A15 Conditions",
  "kubectl top nodes",
  "kubectl get pods -A -o wide --field-selector spec.nodeName=<node>",
]);
