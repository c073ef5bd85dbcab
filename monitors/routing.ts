import { stringify } from "yaml";
import type { Contacts, Pager } from "./contacts.ts";
import { inhibitions, PLATFORM_INHIBITIONS } from "./inhibition.ts";
import { duration } from "./promql/duration.ts";
import type { Scope } from "./scope.ts";
import { hurried, type Holding, type Timing } from "./timing.ts";

const HEARTBEAT = "heartbeat";
const NOBODY = "nobody";

/** How the heartbeat is repeated, and what is already late for it; in seconds. */
const BEAT = { interval: 30, repeat: 60 } as const;

/** Alertmanager's configuration for all systems of a cluster. */
export function alertmanagerConfig(scopes: readonly Scope[], timing: Timing, contacts: Contacts): string {
  return stringify(
    {
      global: {
        resolve_timeout: "5m",
        smtp_smarthost: contacts.mail.server,
        smtp_from: contacts.mail.from,
        smtp_require_tls: true,
        smtp_auth_username: contacts.mail.user,
        smtp_auth_password_file: contacts.mail.passwordFile,
      },
      route: rootRoute(timing, contacts),
      inhibit_rules: [...PLATFORM_INHIBITIONS, ...scopes.flatMap(inhibitions)],
      receivers: receivers(contacts),
      templates: [],
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

function rootRoute(timing: Timing, { teams }: Contacts) {
  const beat = {
    group_wait: "1s",
    group_interval: duration(hurried(timing, BEAT.interval)),
    repeat_interval: duration(hurried(timing, BEAT.repeat)),
  };
  return {
    // What no route below knows still reaches somebody.
    receiver: pageReceiver("platform"),
    group_by: ["namespace", "service", "alertname"],
    ...held(timing.page),
    routes: [
      { matchers: ['alertname="Watchdog"'], receiver: HEARTBEAT, ...beat },
      { matchers: ['severity="info"'], receiver: NOBODY },
      // Mail may be what is broken: this one also goes to where the heartbeat goes.
      { matchers: ['alertname="MessagesFail"'], receiver: HEARTBEAT, continue: true },
      ...Object.keys(teams).flatMap((team) => [
        { matchers: [`team="${team}"`, 'severity="page"'], receiver: pageReceiver(team), ...held(timing.page) },
        { matchers: [`team="${team}"`, 'severity="ticket"'], receiver: ticketReceiver(team), ...held(timing.ticket) },
      ]),
    ],
  };
}

function receivers({ teams, mail, heartbeat, pagers }: Contacts) {
  const mails = (to: string) => [
    {
      to,
      send_resolved: true,
      require_tls: true,
      ...(mail.knownCertificate ? {} : { tls_config: { insecure_skip_verify: true } }),
      headers: { Subject: SUBJECT },
      text: TEXT,
      html: "",
    },
  ];
  return [
    { name: NOBODY },
    { name: HEARTBEAT, webhook_configs: [{ url: heartbeat, send_resolved: false }] },
    ...Object.entries(teams).flatMap(([team, address]) => [
      { name: pageReceiver(team), email_configs: mails(address), ...pagerConfigs(pagers) },
      { name: ticketReceiver(team), email_configs: mails(address) },
    ]),
  ];
}

function pagerConfigs(pagers: readonly Pager[]) {
  const slack = pagers.flatMap((pager) =>
    pager.kind === "slack" ? [{ channel: pager.channel, api_url_file: pager.urlFile, send_resolved: true }] : [],
  );
  const duty = pagers.flatMap((pager) =>
    pager.kind === "pagerduty" ? [{ routing_key_file: pager.keyFile, send_resolved: true }] : [],
  );
  return {
    ...(slack.length > 0 ? { slack_configs: slack } : {}),
    ...(duty.length > 0 ? { pagerduty_configs: duty } : {}),
  };
}

/** Names of the receivers; `amtool config routes test` prints them. */
export const pageReceiver = (team: string) => `${team}-page`;
export const ticketReceiver = (team: string) => `${team}-ticket`;

const held = ({ wait, interval, repeat }: Holding) => ({
  group_wait: duration(wait),
  group_interval: duration(interval),
  repeat_interval: duration(repeat),
});

/** What happened, where and how bad, in one line: many read no further. */
const SUBJECT =
  "[{{ .Status | toUpper }}] {{ .CommonLabels.severity }}: {{ if .CommonAnnotations.summary }}{{ .CommonAnnotations.summary }}{{ else }}{{ .GroupLabels.alertname }}{{ end }}{{ if .GroupLabels.namespace }} ({{ .GroupLabels.namespace }}{{ if .GroupLabels.service }}/{{ .GroupLabels.service }}{{ end }}){{ end }}";

const TEXT = `{{ range .Alerts }}{{ .Status | toUpper }} {{ .Labels.alertname }}{{ if .Labels.service }} of {{ .Labels.namespace }}/{{ .Labels.service }}{{ end }} since {{ .StartsAt.UTC.Format "2006-01-02 15:04:05" }} UTC
{{ .Annotations.description }}
What to do: {{ .Annotations.runbook_url }}
Look:       {{ .Annotations.dashboard_url }}

{{ end }}`;
