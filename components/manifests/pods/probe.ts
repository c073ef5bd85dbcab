import type { types } from "@pulumi/kubernetes";
import type { ProbeAction, ProbePlan } from "../../../model/plan/program/probes.ts";

type Probe = types.input.core.v1.Probe;

/** One probe as Kubernetes takes it; a port that the container names is asked by its name. */
export function probe(plan: ProbePlan, nameOf: (port: number) => string | undefined): Probe {
  const { periodSeconds, failureThreshold, timeoutSeconds } = plan;
  return { ...action(plan, nameOf), periodSeconds, failureThreshold, timeoutSeconds };
}

function action(plan: ProbeAction, nameOf: (port: number) => string | undefined): Probe {
  if ("grpc" in plan) return { grpc: { port: plan.grpc.port } }; // its port takes no name
  if ("tcp" in plan) return { tcpSocket: { port: nameOf(plan.tcp.port) ?? plan.tcp.port } };
  if ("command" in plan) return { exec: { command: [...plan.command] } };
  const { path, port, headers } = plan.http;
  const httpHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return { httpGet: { path, port: nameOf(port) ?? port, ...(httpHeaders.length > 0 ? { httpHeaders } : {}) } };
}
