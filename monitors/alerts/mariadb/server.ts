import type { Runbook } from "../../alert.ts";
import { steady, type Proof } from "../../proof.ts";
import type { View } from "../../promql/selector.ts";
import { example, viewOf, type Scope } from "../../scope.ts";
import type { Timing } from "../../timing.ts";
import { LOOK_AT_STORE } from "../look.ts";
import { bookWith } from "../outline.ts";

/** The database server of one system: how it is asked, and how a figure of it is brought about. */
export interface Server {
  readonly view: View;
  readonly timing: Timing;
  readonly labels: Readonly<Record<string, string>>;
  of(metric: string): string;
  gauge(metric: string): Proof;
}

export function serverOf(scope: Scope): Server {
  const store = "mariadb";
  const of = (metric: string) => example(metric, scope, store);
  const labels = { namespace: scope.plan.name, service: store };
  const gauge = (metric: string): Proof => ({ series: (value) => [steady(of(metric), value)], labels, settles: 0 });
  return { view: viewOf(scope), timing: scope.timing, labels, of, gauge };
}

/** A runbook that first looks at the server and at what it is doing. */
export const serverBook: (symptom: string, impact: string, fix: readonly string[]) => Runbook = bookWith([
  ...LOOK_AT_STORE,
  "kubectl -n $namespace exec mariadb-0 -c mariadb -- mariadb-admin --user=mariadb processlist status",
]);
