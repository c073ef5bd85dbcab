import type { Runbook } from "../../alert.ts";
import { steady, type Proof } from "../../proof.ts";
import type { View } from "../../promql/selector.ts";
import { example, viewOf, type Scope } from "../../scope.ts";
import type { Timing } from "../../timing.ts";
import { LOOK_AT_STORE } from "../look.ts";
import { bookWith } from "../outline.ts";

/** The brokers of one system: how they are asked, and how a figure of theirs is brought about. */
export interface Brokers {
  readonly view: View;
  readonly timing: Timing;
  readonly labels: Readonly<Record<string, string>>;
  of(metric: string, labels?: Record<string, string>): string;
  gauge(metric: string, values?: Partial<Proof>): Proof;
}

export function brokersOf(scope: Scope): Brokers {
  const store = "kafka";
  const of = (metric: string, more = {}) => example(metric, scope, store, more);
  const labels = { namespace: scope.plan.name, service: store };
  const gauge = (metric: string, values: Partial<Proof> = {}): Proof => ({
    series: (value) => [steady(of(metric), value)],
    labels,
    settles: 0,
    ...values,
  });
  return { view: viewOf(scope), timing: scope.timing, labels, of, gauge };
}

/** Values of a figure that counts things: one is trouble, none is not. */
export const WHOLE = { firing: 1, silent: 0 };

/** A runbook that first looks at the brokers. */
export const brokerBook: (symptom: string, impact: string, fix: readonly string[]) => Runbook = bookWith(LOOK_AT_STORE);
