import type { Props } from "../../resources/resource.ts";
import { object } from "./names.ts";

/** One alert for every trouble that systems of this kind have, and one that always fires. */
export function alerts(): Props {
  const rules = [
    alert("ErrorsBurn", `sum(rate(http_requests_total{namespace="shop",code=~"5.."}[5m])) > 1`),
    alert(
      "Slow",
      `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{namespace="shop"}[5m]))) > 0.5`,
    ),
    alert("Unavailable", `kube_deployment_status_replicas_unavailable{namespace="shop"} > 0`),
    alert("TargetDown", `up{namespace="shop"} == 0`),
    alert("Restarts", `increase(kube_pod_container_status_restarts_total{namespace="shop"}[15m]) > 3`),
    alert("OutOfMemory", `container_oom_events_total{namespace="shop"} > 0`),
    alert("ConsumerLag", `kafka_consumergroup_lag{namespace="shop"} > 1000`),
    alert("DatabaseFull", `aws_rds_free_storage_space_average{database="shop"} < 1e9`),
    alert("VolumeFull", `kubelet_volume_stats_available_bytes{namespace="shop"} < 1e8`),
    alert("NodeDown", `kube_node_status_condition{condition="Ready",status="true"} == 0`),
    { ...alert("Watchdog", "vector(1)"), for: "0m" },
  ];
  return object("monitoring.coreos.com/v1", "PrometheusRule", "shop", { spec: { groups: [{ name: "shop", rules }] } });
}

function alert(name: string, expr: string): object {
  return {
    alert: name,
    expr,
    for: "2m",
    labels: { severity: "critical" },
    annotations: { summary: name, runbook_url: `https://runbooks.example.com/${name}` },
  };
}
