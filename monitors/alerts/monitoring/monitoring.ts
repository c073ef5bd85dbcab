import type { Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { meta } from "../../signals/meta.ts";
import type { Timing } from "../../timing.ts";
import { alertmanagerMissing, alertsDropped, notificationsFail } from "./delivery.ts";
import { partDown, reload, tooManySeries } from "./parts.ts";
import { monitoringView } from "./prometheus-proof.ts";
import { rulesFail, rulesSlow } from "./rules.ts";
import { watchdog } from "./watchdog.ts";

/** Who watches the watcher: a heartbeat that must never stop, and every way in which alerts get lost. */
export function monitoringAlerts(timing: Timing): Alert[] {
  const view = monitoringView(timing);
  return [
    watchdog(),
    rulesFail(view, timing),
    rulesSlow(view),
    partDown(view),
    reload("PrometheusSettingsRefused", "Prometheus", meta.prometheusReload.expr(view), METRICS.prometheusReload.name),
    reload(
      "AlertmanagerSettingsRefused",
      "Alertmanager",
      meta.alertmanagerReload.expr(view),
      METRICS.alertmanagerReload.name,
    ),
    alertmanagerMissing(view),
    alertsDropped(view, timing),
    notificationsFail(view, timing),
    tooManySeries(view),
  ];
}
