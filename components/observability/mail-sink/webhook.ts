import type { Heartbeat } from "./heartbeat.ts";
import type { Mailbox } from "./mailbox.ts";

type Texts = Readonly<Record<string, unknown>>;
interface Alert {
  readonly status: string;
  readonly labels: Texts;
  readonly annotations: Texts;
}

/** The one alert that says nothing but "I am alive". */
const BEAT = "Watchdog";
/** So many of one message are shown. */
const MOST_ALERTS = 100;

/**
 * Takes what Alertmanager sends to the receiver outside the cluster: the heartbeat, and the alerts that must not rely on
 * mail because mail is what fails. Those are shown beside the mails. Answers whether it was such a message; a message without alerts is a sign of life.
 */
export function takeWebhook(body: string, mailbox: Mailbox, heartbeat: Heartbeat): boolean {
  const alerts = alertsIn(body);
  if (alerts === null) return false;
  if (alerts.length === 0 || alerts.some(({ labels }) => labels["alertname"] === BEAT)) heartbeat.beat();
  for (const { status, labels, annotations } of alerts.slice(0, MOST_ALERTS)) {
    if (labels["alertname"] === BEAT) continue;
    mailbox.add({
      from: "webhook",
      to: ["whoever is on call"],
      subject: `[${status.toUpperCase()}] ${textOf(labels, "severity")}: ${textOf(annotations, "summary")} (not by mail)`,
      text: `${textOf(annotations, "description")}\nWhat to do: ${textOf(annotations, "runbook_url")}`,
    });
  }
  return true;
}

/** Null where the body is no message of Alertmanager. */
function alertsIn(body: string): readonly Alert[] | null {
  try {
    const message: unknown = JSON.parse(body === "" ? "{}" : body);
    const { alerts = [] } = message as { alerts?: unknown };
    return isObject(message) && Array.isArray(alerts) && alerts.every(isAlert) ? alerts : null;
  } catch {
    return null;
  }
}

function isAlert(value: unknown): value is Alert {
  const { status, labels, annotations } = (value ?? {}) as Partial<Record<keyof Alert, unknown>>;
  return typeof status === "string" && isObject(labels) && isObject(annotations);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(texts: Texts, key: string): string {
  const text = texts[key];
  return typeof text === "string" ? text : "";
}
