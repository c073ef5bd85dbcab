import { inProduction, limit, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";
import { spanOf } from "../../views/capacity.ts";
import type { Config } from "../../views/config-refs.ts";
import { runs } from "../../views/image.ts";
import { seconds } from "../../views/entry/routes.ts";

const PROMETHEUS = /^prometheus$/;
const ALERTMANAGER = /^alertmanager$/;

export const monitoringSurvives = workloadRule({
  id: "monitoring-survives",
  number: "C69",
  items: [40, 5],
  severity: "high",
  levels: inProduction,
  title: "Monitoring keeps its history and stands on more than one leg",
  why: "The first thing lost in an outage must not be what shows it.",
  fix: `volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "20Gi" } } } }]`,
  limits: { alertmanagers: limit("fewest Alertmanagers", 2, 2, 1) },
  *across(workload, { graph, limit: { alertmanagers } }) {
    const [prometheus, alertmanager] = [runs(workload, PROMETHEUS), runs(workload, ALERTMANAGER)];
    if (!prometheus && !alertmanager) return notApplicable;
    const claim =
      (workload.spec.volumeClaimTemplates ?? []).length > 0 ||
      (workload.pod.volumes ?? []).some((volume) => volume.persistentVolumeClaim);
    if (!claim) yield { path: `${workload.path}.volumes`, found: "no claim", wanted: "a volume that outlives the pod" };
    const replicas = spanOf(graph, workload)?.floor ?? 1;
    if (alertmanager && replicas < alertmanagers)
      yield { path: "spec.replicas", found: String(replicas), wanted: `>= ${alertmanagers}` };
  },
});

export const prometheusAlerts = workloadRule({
  id: "prometheus-alerts",
  needsAll: true,
  number: "C70",
  items: [6, 37],
  severity: "high",
  levels: inProduction,
  title: "Prometheus tells an Alertmanager that exists",
  why: "Alerts that nobody receives are a page in a browser that nobody opens.",
  fix: `alerting: { alertmanagers: [{ static_configs: [{ targets: ["alertmanager:9093"] }] }] }`,
  *across(workload, { graph }) {
    if (!runs(workload, PROMETHEUS)) return notApplicable;
    const configurations = graph
      .of<Config["props"]>("ConfigMap")
      .filter(({ namespace }) => namespace === workload.namespace)
      .flatMap(({ props }) => Object.values(props.data ?? {}));
    const text = configurations.find((one) => /^[ \t]*"?scrape_configs"?\s*:/m.test(one)) ?? "";
    if (text === "") return notApplicable;
    if (!/alertmanagers["']?\s*:/.test(text))
      yield {
        path: "data",
        found: "a Prometheus configuration without alertmanagers",
        wanted: "alerting.alertmanagers",
      };
    else if (
      !graph.workloads.some((other) => runs(other, ALERTMANAGER)) &&
      !graph.of("Service").some(({ name }) => /alertmanager/.test(name))
    )
      yield { path: "data", found: "an Alertmanager that is not declared", wanted: "one" };
  },
});

export const scrapesOften = resourceRule<{
  readonly spec?: {
    readonly endpoints?: readonly { readonly interval?: string }[];
    readonly podMetricsEndpoints?: readonly { readonly interval?: string }[];
  };
}>()({
  id: "scrapes-often",
  number: "C71",
  items: [5],
  on: ["ServiceMonitor", "PodMonitor"],
  severity: "medium",
  levels: inProduction,
  title: "Targets are scraped at least every half minute",
  why: "An alert sees nothing faster than its scrapes.",
  fix: `endpoints: [{ port: "metrics", interval: "30s" }]`,
  limits: { seconds: limit("longest interval", 30, 60, 60) },
  *check({ props }, { limit: { seconds: most } }) {
    for (const [index, { interval }] of [
      ...(props.spec?.endpoints ?? []),
      ...(props.spec?.podMetricsEndpoints ?? []),
    ].entries()) {
      const found = seconds(interval) ?? 30;
      if (found > most)
        yield { path: `spec.endpoints[${index}].interval`, found: `${found} s`, wanted: `<= ${most} s` };
    }
  },
});
