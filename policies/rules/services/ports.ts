import { everywhere, notApplicable, resourceRule } from "../../judging/rule.ts";
import { backing, portsOf, reaches, selectsByDesign, targetOf, type Service } from "../../views/services.ts";

export const serviceInternal = resourceRule<Service["props"]>()({
  id: "service-internal",
  number: "K48",
  items: [13],
  on: ["Service"],
  severity: "medium",
  levels: everywhere,
  title: "No Service opens a port on every node",
  why: "A node port goes round the gateway, its limits and its authentication, on every node of the cluster.",
  fix: `spec: { type: "ClusterIP" } // and a route of the gateway`,
  *check({ props }) {
    if (props.spec?.type === "NodePort")
      yield { path: "spec.type", found: "NodePort", wanted: "ClusterIP, with one entry for the system" };
  },
});

export const portChain = resourceRule<Service["props"]>()({
  id: "port-chain",
  number: "X18",
  items: [13, 37],
  on: ["Service"],
  severity: "critical",
  levels: everywhere,
  title: "The way from Service to container port is whole",
  why: "One wrong number or name in the chain and every request is refused.",
  fix: `ports: [{ name: "http", port: 80, targetPort: "http" }] // and a container port named http`,
  *across(service, { graph }) {
    if (!selectsByDesign(service)) return notApplicable;
    for (const workload of backing(graph, service)) {
      for (const [index, port] of (service.props.spec?.ports ?? []).entries()) {
        const wanted = targetOf(port);
        if (!reaches(workload, wanted, port.protocol))
          yield {
            path: `spec.ports[${index}].targetPort`,
            found: `${port.name ?? port.port} → ${wanted}, which ${workload.kind} ${workload.name} does not declare`,
            wanted: portsOf(workload),
            related: [workload.resource],
          };
      }
    }
  },
});
