import type { Heartbeat } from "./heartbeat.ts";
import type { Mailbox } from "./mailbox.ts";

interface Alert {
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The one alert that says nothing but "I am alive". */
const BEAT = "Watchdog";

/**
 * Takes what Alertmanager sends to the receiver outside the cluster: the heartbeat, and the alerts that must not rely on
 * mail because mail is what fails. Those are shown beside the mails. Anything unreadable counts as a sign of life.
 */
export function takeWebhook(body: string, mailbox: Mailbox, heartbeat: Heartbeat): void {
  const alerts = alertsIn(body);
  if (alerts.length === 0 || alerts.some(({ labels }) => labels["alertname"] === BEAT)) heartbeat.beat();
  for (const { status, labels, annotations } of alerts) {
    if (labels["alertname"] === BEAT) continue;
    mailbox.add({
      from: "webhook",
      to: ["whoever is on call"],
      subject: `[${status.toUpperCase()}] ${labels["severity"]}: ${annotations["summary"]} (not by mail)`,
      text: `${annotations["description"]}\nWhat to do: ${annotations["runbook_url"]}`,
    });
  }
}

function alertsIn(body: string): readonly Alert[] {
  try {
    return (JSON.parse(body) as { alerts?: readonly Alert[] }).alerts ?? [];
  } catch {
    return [];
  }
}
