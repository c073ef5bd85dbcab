import { stringify } from "yaml";
import { platformDashboards, systemDashboards } from "../../monitors/dashboards.ts";
import { grafanaDashboard } from "../../monitors/dashboards/grafana.ts";
import type { Scope } from "../../monitors/scope.ts";
import { MONITORING_PORT } from "./site.ts";

/** Folder of Grafana's provisioning, and where it finds the dashboards. */
export const PROVISIONING = "/etc/grafana/provisioning";
export const BOARDS = "/etc/grafana/dashboards";

/** Every dashboard as a file Grafana reads. */
export function dashboardFiles(systems: readonly Scope[]): Record<string, string> {
  const all = [...systems.flatMap(({ plan, stores }) => systemDashboards(plan, stores)), ...platformDashboards()].map(
    grafanaDashboard,
  );
  return Object.fromEntries(all.map((dashboard) => [`${dashboard.uid}.json`, JSON.stringify(dashboard)]));
}

/** Where Grafana asks. */
export function dataSource(): string {
  const url = `http://prometheus:${MONITORING_PORT.prometheus}`;
  return stringify({
    apiVersion: 1,
    datasources: [
      {
        name: "Prometheus",
        uid: "prometheus",
        type: "prometheus",
        access: "proxy",
        url,
        isDefault: true,
        editable: false,
      },
    ],
  });
}

/** Where Grafana finds its dashboards, and that nobody changes them by hand. */
export function provider(): string {
  return stringify({
    apiVersion: 1,
    providers: [
      { name: "slipway", type: "file", disableDeletion: true, allowUiUpdates: false, options: { path: BOARDS } },
    ],
  });
}
