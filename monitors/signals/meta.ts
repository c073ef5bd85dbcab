import { max, min, sum } from "../promql/aggregate.ts";
import { rate } from "../promql/rate.ts";
import { series } from "../promql/selector.ts";
import { signals } from "../signal.ts";

/** Jobs whose figures are needed by alerts about somebody else, and that no other alert asks for. */
const PARTS = [
  "kube-state",
  "containers",
  "cadvisor",
  "kubelet",
  "alertmanager",
  "entry",
  "gateway",
  "grafana",
  "mail-sink",
];

/** The monitoring itself: who watches the watcher. */
export const meta = signals({
  parts: {
    title: "Parts answering",
    unit: "bool_on_off",
    meaning: "0 for a part of the monitoring whose figures cannot be read; alerts that need them are blind.",
    expr: ({ where }) => min(["job"], series("up", where, `job=~"${PARTS.join("|")}"`)),
  },
  ruleFailures: {
    title: "Failed rules",
    unit: "ops",
    meaning: "Rules per second that could not be evaluated.",
    expr: (view) => rate("ruleFailures", view),
  },
  ruleTime: {
    title: "Rule time of interval",
    unit: "percentunit",
    meaning: "Time of the slowest rule group as a share of its interval.",
    expr: ({ where, by }) => max(by, `${series("ruleDuration", where)} / ${series("ruleInterval", where)}`),
  },
  ruleSeconds: {
    title: "Rule time",
    unit: "s",
    meaning: "Time of the last evaluation of every rule group.",
    expr: ({ where }) => sum(["instance"], series("ruleDuration", where)),
  },
  prometheusReload: {
    title: "Prometheus settings loaded",
    unit: "bool_on_off",
    meaning: "0 when the last settings were refused.",
    expr: ({ where, by }) => min(by, series("prometheusReload", where)),
  },
  alertmanagerReload: {
    title: "Alertmanager settings loaded",
    unit: "bool_on_off",
    meaning: "0 when the last settings were refused.",
    expr: ({ where, by }) => min(by, series("alertmanagerReload", where)),
  },
  series: {
    title: "Series",
    unit: "short",
    meaning: "Series Prometheus keeps in memory.",
    expr: ({ where, by }) => max(by, series("series", where)),
  },
  samples: {
    title: "Samples",
    unit: "ops",
    meaning: "Samples written per second.",
    expr: (view) => rate("samples", view),
  },
  alertmanagers: {
    title: "Alertmanagers known",
    unit: "short",
    meaning: "Alertmanagers that Prometheus can send to.",
    expr: ({ where, by }) => min(by, series("alertmanagers", where)),
  },
  dropped: {
    title: "Dropped alerts",
    unit: "ops",
    meaning: "Alerts per second that no Alertmanager took.",
    expr: (view) => rate("alertsDropped", view),
  },
  notifications: {
    title: "Messages",
    unit: "ops",
    meaning: "Messages to people per second, by channel.",
    expr: (view) => rate("notifications", { ...view, by: [...view.by, "integration"] }),
  },
  notificationsFailed: {
    title: "Failed messages",
    unit: "short",
    meaning: "Messages within five minutes that could not be delivered, by channel.",
    expr: ({ where, by }) => sum([...by, "integration"], `increase(${series("notificationsFailed", where)}[5m])`),
  },
});
