import type { SystemPlan } from "../../model/plan.ts";
import { container } from "../signals/container.ts";
import { entry } from "../signals/entry.ts";
import { http } from "../signals/http.ts";
import { kubernetes } from "../signals/kubernetes.ts";
import { messaging } from "../signals/messaging.ts";
import { calls } from "../signals/calls.ts";
import { look, panel, type Dashboard, type Row } from "./dashboard.ts";
import { objectivePanels } from "./objectives.ts";
import { deployments } from "./service.ts";

/** A system on one screen: is it well, and if not, which service is it? */
export function systemDashboard(plan: SystemPlan): Dashboard {
  const where = [`namespace="${plan.name}"`];
  return {
    uid: plan.name,
    title: plan.name,
    tags: [plan.name],
    where,
    marks: [deployments(where)],
    rows: [
      { title: "Objectives", panels: objectivePanels(where, "service") },
      services(where),
      ...(plan.workloads.some((workload) => workload.calls.length > 0) ? [callRow(where)] : []),
      ...(plan.messaging.topics.length > 0 ? [events(where)] : []),
      {
        title: "Entry",
        panels: [
          panel("Entry reachable", look(where, "service"), [[entry.reachable, "reachable"]], "states"),
          panel("Probe time", look(where, "service"), [[entry.probeTime, "through the entry"]]),
          panel("Certificate valid for", look(where, "service"), [[entry.certificate, "certificate"]], "figure"),
        ],
      },
    ],
  };
}

function services(where: readonly string[]): Row {
  return {
    title: "Services",
    panels: [
      panel("Requests", look(where, "service"), [[http.requests, "{{service}}"]]),
      panel("Errors", look(where, "service"), [[http.errorRatio, "{{service}}"]]),
      panel("p99", look(where, "service"), [[http.p99, "{{service}}"]]),
      panel("Ready replicas", look(where, "service"), [[kubernetes.available, "{{service}}"]]),
      panel("CPU", look(where, "service"), [[container.cpu, "{{service}}"]]),
      panel("Memory of limit", look(where, "service"), [[container.memoryRatio, "{{service}}"]]),
      panel("Versions", look(where), [[http.versions, "{{service}} {{version}}"]]),
      panel("Restarts", look(where, "service"), [[kubernetes.restarts, "{{service}}"]]),
      panel("Pods not ready", look(where, "service"), [[kubernetes.notReady, "{{service}}"]]),
      panel("Above disruption budget", look(where), [[kubernetes.budgetSpare, "{{poddisruptionbudget}}"]]),
    ],
  };
}

function callRow(where: readonly string[]): Row {
  return {
    title: "Calls",
    panels: [
      panel("Calls", look(where, "service", "callee"), [[calls.rate, "{{service}} → {{callee}} {{outcome}}"]]),
      panel("Breakers", look(where, "service", "callee"), [[calls.breakerOpen, "{{service}} → {{callee}}"]], "states"),
      panel("Call p99", look(where, "service", "callee"), [[calls.p99, "{{service}} → {{callee}}"]]),
    ],
  };
}

function events(where: readonly string[]): Row {
  return {
    title: "Events",
    panels: [
      panel("Published", look(where, "service"), [[messaging.produced, "{{service}}"]]),
      panel("Lag", look(where, "service", "topic"), [[messaging.lagSeconds, "{{service}} {{topic}}"]]),
      panel("Oldest in outbox", look(where, "service"), [[messaging.outboxAge, "{{service}}"]]),
    ],
  };
}
