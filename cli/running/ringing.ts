import { MONITORING_PORT } from "../../components/observability/site.ts";
import { MONITORING } from "../../model/names.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";
import { forward } from "./port-forward.ts";

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
}

/** An alert that somebody was or will be told of. */
export interface Ringing {
  readonly alert: string;
  readonly severity: string;
  /** ISO 8601. */
  readonly since: string;
  readonly summary: string;
}

/** What Alertmanager tells people of now, pages before tickets: neither silenced nor explained by another alert. */
export async function ringing(settings: StackSettings): Promise<Ringing[]> {
  const way = await forward(settings, MONITORING.namespace, "alertmanager", MONITORING_PORT.alertmanager);
  try {
    const query = "active=true&silenced=false&inhibited=false";
    const answer = await fetch(`${way.url}/api/v2/alerts?${query}`, { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new UserError(`slipway status: Alertmanager answered ${answer.status}`, 1);
    return told((await answer.json()) as readonly Alert[]);
  } finally {
    way.stop();
  }
}

/** Those with a severity of which people are told; heartbeat and what is only shown on dashboards have another. */
export function told(alerts: readonly Alert[]): Ringing[] {
  return alerts
    .map(({ labels, annotations, startsAt }) => ({
      alert: labels["alertname"] ?? "",
      severity: labels["severity"] ?? "",
      since: startsAt,
      summary: annotations["summary"] ?? "",
    }))
    .filter(({ severity }) => severity === "page" || severity === "ticket")
    .toSorted((a, b) => a.severity.localeCompare(b.severity) || a.since.localeCompare(b.since));
}
