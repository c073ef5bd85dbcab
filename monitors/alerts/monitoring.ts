import { above, below, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { counting, phased, steady } from "../proof.ts";
import type { View } from "../promql/selector.ts";
import { duration } from "../promql/duration.ts";
import { meta } from "../signals/meta.ts";
import type { Timing } from "../timing.ts";
import { LOOK_AT_MONITORING } from "./look.ts";
import { about, bookWith } from "./outline.ts";

const LABELS = { instance: "10.0.0.2:9090" };

const of = (metric: string, labels: Record<string, string> = {}) =>
  `${metric}{${Object.entries({ job: "prometheus", ...LABELS, ...labels })
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;

/** Who watches the watcher: a heartbeat that must never stop, and every way in which alerts get lost. */
export function monitoringAlerts(timing: Timing): Alert[] {
  const view = { where: [], window: duration(timing.rate), by: ["instance"] };
  return [
    watchdog(),
    {
      ...about("RulesFail", "page", 0),
      lingers: 300,
      ...above(meta.ruleFailures.expr(view), 0),
      summary: "Rules cannot be evaluated",
      description: "{{ $value | humanize }} rules per second fail.",
      runbook: book("Prometheus cannot evaluate a rule.", "The alerts of that rule are blind.", [
        "Prometheus's log names the rule. Most often two series match where one was expected.",
      ]),
      proof: {
        series: (value, every) => [counting(of(METRICS.ruleFailures.name), value, every)],
        labels: LABELS,
        settles: timing.scrape,
        firing: 0.1,
        silent: 0,
      },
    },
    {
      ...about("RulesSlow", "ticket", 900),
      ...above(meta.ruleTime.expr(view), 0.5),
      summary: "Rules take long",
      description: "The slowest rule group takes {{ $value | humanizePercentage }} of its interval.",
      runbook: book(
        "Rules take more than half of their interval.",
        "Soon evaluations are skipped and alerts come late.",
        ['Which group? Dashboard "Cluster", "Rule time". Give Prometheus more CPU or drop series.'],
      ),
      proof: {
        series: (value) => [
          steady(of(METRICS.ruleDuration.name, { rule_group: "a" }), value * 15),
          steady(of(METRICS.ruleInterval.name, { rule_group: "a" }), 15),
        ],
        labels: LABELS,
        settles: 0,
      },
    },
    partDown(view),
    reload("PrometheusSettingsRefused", "Prometheus", meta.prometheusReload.expr(view), METRICS.prometheusReload.name),
    reload(
      "AlertmanagerSettingsRefused",
      "Alertmanager",
      meta.alertmanagerReload.expr(view),
      METRICS.alertmanagerReload.name,
    ),
    {
      ...about("AlertmanagerMissing", "page", 60),
      ...below(meta.alertmanagers.expr(view), 1),
      summary: "Prometheus knows no Alertmanager",
      description: "Alerts fire and nobody hears of them.",
      runbook: book(
        "Prometheus has no Alertmanager to send to.",
        "No mail leaves, not even this one: the dead man's switch rings instead.",
        ["Does Alertmanager run? Is its Service there?"],
      ),
      proof: {
        series: (value) => [steady(of(METRICS.alertmanagers.name), value)],
        labels: LABELS,
        settles: 0,
        firing: 0,
        silent: 1,
      },
    },
    {
      ...about("AlertsDropped", "page", 0),
      lingers: 300,
      ...above(meta.dropped.expr(view), 0),
      summary: "Alerts do not reach Alertmanager",
      description: "{{ $value | humanize }} alerts per second were dropped on their way.",
      runbook: book("Prometheus drops alerts.", "Some alerts reach nobody.", [
        "Is Alertmanager overloaded or restarting? Is there a NetworkPolicy between the two?",
      ]),
      proof: {
        series: (value, every) => [counting(of(METRICS.alertsDropped.name), value, every)],
        labels: LABELS,
        settles: timing.scrape,
        firing: 0.1,
        silent: 0,
      },
    },
    notificationsFail(view, timing),
    {
      ...about("TooManySeries", "ticket", 900),
      ...above(meta.series.expr(view), 500_000),
      summary: "Prometheus keeps too many series",
      description: "{{ $value | humanize }} series are in memory.",
      runbook: book(
        "A label takes unboundedly many values.",
        "Prometheus needs more and more memory and is killed in the end.",
        ['`topk(10, count by (__name__) ({__name__!=""}))` names the metric; remove the label that makes them.'],
      ),
      proof: { series: (value) => [steady(of(METRICS.series.name), value)], labels: LABELS, settles: 0 },
    },
  ];
}

function watchdog(): Alert {
  return {
    ...about("Watchdog", "none", 0),
    ...above("vector(1)", 0),
    summary: "The alerting works",
    description:
      "This alert always fires. It is a heartbeat: when it stops, the receiver outside the cluster raises the alarm.",
    runbook: book(
      "The heartbeat of the alerting stopped.",
      "Prometheus, Alertmanager or the way out is down: faults of all systems go unnoticed.",
      ["Does Prometheus run? Then Alertmanager? Then the way to the receiver?"],
    ),
    proof: { series: () => [], labels: {}, settles: 0, firing: 1, silent: 1 },
  };
}

function partDown(view: View): Alert {
  return {
    ...about("MonitoringPartDown", "ticket", 300),
    ...below(meta.parts.expr(view), 1),
    summary: "{{ $labels.job }} shows no figures",
    description: "Prometheus has not been able to read {{ $labels.job }} for five minutes.",
    runbook: book(
      "A part of the monitoring does not answer.",
      "Alerts that read its figures are blind: their silence means nothing.",
      [
        "Does its pod run? `containers`, `cadvisor` and `kubelet` are ports of the node itself.",
        "May Prometheus reach it (NetworkPolicy) and read it (ClusterRole)?",
      ],
    ),
    proof: {
      series: (value) => [steady(`${METRICS.up.name}{job="kube-state",instance="a"}`, value)],
      labels: { job: "kube-state" },
      settles: 0,
      firing: 0,
      silent: 1,
    },
  };
}

function reload(name: string, who: string, measure: string, metric: string): Alert {
  return {
    ...about(name, "page", 300),
    ...below(measure, 1),
    summary: `${who} refused its settings`,
    description: `${who} goes on with its old settings.`,
    runbook: book(
      "New settings were refused.",
      "What was meant to change did not: new alerts or receivers are missing.",
      ["The log names the line. `npm test` finds the same fault before deployment."],
    ),
    proof: { series: (value) => [steady(of(metric), value)], labels: LABELS, settles: 0, firing: 0, silent: 1 },
  };
}

function notificationsFail(view: View, timing: Timing): Alert {
  const failed = of(METRICS.notificationsFailed.name, { integration: "email", reason: "clientError" });
  return {
    ...about("MessagesFail", "page", 0),
    lingers: 300,
    ...above(meta.notificationsFailed.expr(view), 0),
    summary: "Messages by {{ $labels.integration }} fail",
    description:
      "{{ $value | humanize }} messages by {{ $labels.integration }} could not be delivered within five minutes.",
    runbook: book(
      "Alertmanager cannot deliver.",
      "People do not hear of alerts over this channel; every other channel gets this one.",
      [
        "Alertmanager's log names the reason: wrong password, refused certificate, unknown address.",
        "A new password goes into the Secret of the stage; Alertmanager reads it from the mounted file.",
      ],
    ),
    proof: {
      series: (value) => [
        phased(failed, [
          { perSample: 0, samples: 8 },
          { perSample: value, samples: 0 },
          { perSample: 0, samples: 900 },
        ]),
      ],
      labels: { ...LABELS, integration: "email" },
      settles: 10 * timing.scrape,
      firing: 1,
      silent: 0,
    },
  };
}

const book = bookWith(LOOK_AT_MONITORING);
