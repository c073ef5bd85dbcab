import { everywhere, notApplicable, workloadRule } from "../../judging/rule.ts";
import { podSelector } from "../../resources/graph.ts";
import { describe, selects } from "../../resources/selectors.ts";
import type { Service } from "../../views/services.ts";

export const headlessService = workloadRule({
  id: "headless-service",
  needsAll: true,
  number: "K49",
  items: [37],
  severity: "high",
  levels: everywhere,
  title: "A StatefulSet has the headless Service that names its pods",
  why: "Without it the pods have no stable names, so members of a cluster do not find each other.",
  fix: `new k8s.core.v1.Service("kafka", { metadata: { name: "kafka" }, spec: { clusterIP: "None", selector: labels, ports: [{ port: 9092 }] } })`,
  *across(workload, { graph }) {
    if (workload.kind !== "StatefulSet") return notApplicable;
    const name = workload.spec.serviceName;
    const service = name ? graph.find<Service["props"]>("Service", workload.namespace, name) : undefined;
    if (!service)
      return yield {
        path: "spec.serviceName",
        found: name ? `${name}, which is not declared in namespace ${workload.namespace}` : "not set",
        wanted: "a headless Service",
      };
    if (service.props.spec?.clusterIP !== "None")
      yield {
        path: "spec.serviceName",
        found: `${name}, clusterIP ${service.props.spec?.clusterIP ?? "not set"}`,
        wanted: "clusterIP None",
        related: [service],
      };
    else if (!selects(podSelector(service), workload.metadata.labels))
      yield {
        path: "spec.serviceName",
        found: `${name}, which selects ${describe(podSelector(service))}`,
        wanted: "these pods",
        related: [service],
      };
  },
});
