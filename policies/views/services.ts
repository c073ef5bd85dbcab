/** Services and the ports behind them. */

import type { Graph } from "../resources/graph.ts";
import { podSelector } from "../resources/graph.ts";
import type { Container, IntOrString } from "../resources/kubernetes.ts";
import { longRunning, type Workload } from "../resources/pods.ts";
import { declaresPort } from "./probes.ts";
import type { Resource } from "../resources/resource.ts";

export interface ServicePort {
  readonly name?: string;
  readonly port?: number;
  readonly targetPort?: IntOrString;
  readonly protocol?: string;
  readonly nodePort?: number;
}
export interface ServiceSpec {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly ServicePort[];
  readonly externalName?: string;
}
export type Service = Resource<{ readonly spec?: ServiceSpec }>;

/** Workloads behind a Service. */
export function backing(graph: Graph, service: Service): readonly Workload[] {
  return graph.matching(podSelector(service), service.namespace);
}

/** True when no selector can be expected: an external name, or endpoints that somebody else writes. */
export function selectsByDesign({ props }: Service): boolean {
  return props.spec?.type !== "ExternalName" && Object.keys(props.spec?.selector ?? {}).length > 0;
}

/** The port of a Service by number or name. */
export function servicePort({ props }: Service, wanted: IntOrString | undefined): ServicePort | undefined {
  return (props.spec?.ports ?? []).find(({ port, name }) => String(port) === String(wanted) || name === wanted);
}

/** Where a Service port leads in the pod. */
export function targetOf({ port, targetPort }: ServicePort): IntOrString {
  return targetPort || port || ""; // 0 and nothing mean the same port
}

/** True when some container of the workload declares that port for that protocol; a number may be left undeclared only if nothing is declared. */
export function reaches(workload: Workload, wanted: IntOrString, protocol = "TCP"): boolean {
  const containers = longRunning(workload).map(({ container }) => container);
  const speaking = (container: Container): Container => ({
    ports: (container.ports ?? []).filter((port) => (port.protocol ?? "TCP") === protocol),
  });
  if (containers.some((container) => declaresPort(speaking(container), wanted))) return true;
  return typeof wanted === "number" && containers.every(({ ports }) => (ports ?? []).length === 0);
}

/** Ports that a workload declares, for findings. */
export function portsOf(workload: Workload): string {
  const ports = longRunning(workload).flatMap(({ container }) =>
    (container.ports ?? []).map(({ name, containerPort }) =>
      name ? `${name} (${containerPort})` : `${containerPort}`,
    ),
  );
  return ports.join(", ") || "none";
}
