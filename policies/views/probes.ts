/** Probes with the defaults of Kubernetes filled in, and the sums that rules make of them. */

import type { Container, Handler, IntOrString, Probe } from "../resources/kubernetes.ts";

export interface FullProbe {
  readonly delay: number;
  readonly period: number;
  readonly timeout: number;
  readonly failures: number;
  readonly handler: string;
}

/** The probe that Kubernetes runs, or undefined when none is declared. */
export function fullProbe(probe: Probe | undefined, container: Container = {}): FullProbe | undefined {
  if (!probe) return undefined;
  return {
    delay: probe.initialDelaySeconds ?? 0,
    period: probe.periodSeconds ?? 10,
    timeout: probe.timeoutSeconds ?? 1,
    failures: probe.failureThreshold ?? 3,
    handler: JSON.stringify(handlerOf(probe, container)),
  };
}

/** Seconds until a probe that fails from now on has an effect. */
export function reaction({ period, failures }: FullProbe): number {
  return period * failures;
}

/** What a probe asks, without its timing; ports by number where the container declares the name. */
export function handlerOf(handler: Handler, { ports = [] }: Container = {}): Handler {
  const { httpGet, tcpSocket, grpc, exec } = handler;
  const numbered = (port: IntOrString = ""): IntOrString =>
    ports.find(({ name }) => name === port)?.containerPort ?? port;
  return {
    ...(httpGet ? { httpGet: { path: httpGet.path ?? "/", port: numbered(httpGet.port) } } : {}),
    ...(tcpSocket ? { tcpSocket: { port: numbered(tcpSocket.port) } } : {}),
    ...(grpc ? { grpc } : {}),
    ...(exec ? { exec } : {}),
  };
}

/** Number of handlers; Kubernetes wants exactly one. */
export function handlerCount(probe: Probe): number {
  return [probe.httpGet, probe.tcpSocket, probe.grpc, probe.exec].filter(Boolean).length;
}

/** Port that a probe knocks at. */
export function probePort(probe: Probe): IntOrString | undefined {
  return probe.httpGet?.port ?? probe.tcpSocket?.port ?? probe.grpc?.port;
}

/** True when a container declares a port by that number or name. */
export function declaresPort({ ports }: Container, wanted: IntOrString): boolean {
  return (ports ?? []).some((port) => port?.name === wanted || String(port?.containerPort) === String(wanted));
}

/** Seconds that a preStop handler waits: 0 for none, undefined for one whose length nobody can read. */
export function preStopSeconds(container: Container): number | undefined {
  const handler = container.lifecycle?.preStop;
  if (!handler) return 0;
  if (handler.sleep) return handler.sleep.seconds ?? 0;
  const words = (handler.exec?.command ?? []).join(" ");
  const sleep = /(?:^|[\s;&|/])sleep\s+(\d+(?:\.\d+)?)(s|m)?(?=$|[\s;&|"'])/.exec(words);
  return sleep ? Number(sleep[1]) * (sleep[2] === "m" ? 60 : 1) : undefined;
}
