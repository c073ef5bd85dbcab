import { container } from "../signals/container.ts";
import { entry } from "../signals/entry.ts";
import { kubernetes } from "../signals/kubernetes.ts";
import { meta } from "../signals/meta.ts";
import { node } from "../signals/node.ts";
import { look, panel, type Dashboard, type Row } from "./dashboard.ts";

/** The machines, the gateway and the monitoring itself. */
export function clusterDashboard(): Dashboard {
  return {
    uid: "cluster",
    title: "Cluster",
    tags: ["platform"],
    where: [],
    marks: [],
    rows: [
      {
        title: "Nodes",
        panels: [
          panel("CPU busy", look([], "instance"), [[node.cpu, "{{instance}}"]]),
          panel("Memory free", look([], "instance"), [[node.memoryFree, "{{instance}}"]]),
          panel("Disk free", look([], "instance"), [[node.diskFree, "{{instance}}"]]),
          panel("Load", look([], "instance"), [[node.load, "{{instance}}"]]),
          panel("Ready", look([]), [[node.ready, "{{node}}"]], "states"),
          panel("Resizes pending", look([]), [[node.pendingResizes, "{{node}} {{reason}}"]]),
          panel("Restarts", look([], "namespace"), [[kubernetes.restarts, "{{namespace}}"]]),
        ],
      },
      {
        title: "Namespaces",
        panels: [
          panel("CPU", look([], "namespace"), [[container.cpu, "{{namespace}}"]]),
          panel("Memory", look([], "namespace"), [[container.memory, "{{namespace}}"]]),
        ],
      },
      gateway(),
      monitoring(),
    ],
  };
}

function gateway(): Row {
  return {
    title: "Gateway",
    panels: [
      panel("Requests", look([], "entrypoint"), [[entry.requests, "{{entrypoint}}"]]),
      panel("Errors", look([], "entrypoint"), [[entry.errorRatio, "{{entrypoint}}"]]),
    ],
  };
}

function monitoring(): Row {
  return {
    title: "Monitoring",
    panels: [
      panel("Rule time", look([]), [[meta.ruleSeconds, "all groups"]]),
      panel("Samples", look([], "instance"), [[meta.samples, "{{instance}}"]]),
      panel("Series", look([], "instance"), [[meta.series, "{{instance}}"]]),
      panel("Parts answering", look([]), [[meta.parts, "{{job}}"]], "states"),
      panel("Failed rules", look([], "instance"), [[meta.ruleFailures, "{{instance}}"]]),
      panel("Rule time of interval", look([], "instance"), [[meta.ruleTime, "{{instance}}"]]),
      panel(
        "Settings loaded",
        look([], "instance"),
        [
          [meta.prometheusReload, "Prometheus {{instance}}"],
          [meta.alertmanagerReload, "Alertmanager {{instance}}"],
        ],
        "states",
      ),
      panel("Alertmanagers known", look([], "instance"), [[meta.alertmanagers, "{{instance}}"]]),
      panel("Dropped alerts", look([], "instance"), [[meta.dropped, "{{instance}}"]]),
      panel("Messages to people", look([]), [[meta.notifications, "{{integration}}"]]),
      panel("Failed messages", look([]), [[meta.notificationsFailed, "{{integration}}"]]),
    ],
  };
}
