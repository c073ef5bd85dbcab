import type { NetworkPlan } from "../../model/plan/edges/network.ts";
import type { OutsidePlan } from "../../model/plan/edges/outside.ts";
import type { MetricsPlan } from "../../model/plan/program/measured.ts";
import type { BrokerConnection, EntryConnection, StoreConnection, TracesConnection } from "../platform.ts";
import type { Allowed } from "./network-policy.ts";
import { ANYWHERE_OUTSIDE, podsNamed, PROMETHEUS } from "./peers.ts";

/** The stores and the entry as far as this program has to do with them. */
export interface Neighbours {
  readonly broker: BrokerConnection | null;
  readonly stores: readonly StoreConnection[];
  readonly entry: EntryConnection | null;
  readonly outside: readonly OutsidePlan[];
  /** Who takes its traces; null for a program that sends none. */
  readonly traces: TracesConnection | null;
}

/** Who may connect to a program: declared callers and the public entry on the ports that they ask, and Prometheus to its figures. */
export function ingressOf(
  { callers, fromEntry }: NetworkPlan,
  metrics: MetricsPlan | null,
  { entry }: Neighbours,
): Allowed[] {
  const ports = [...new Set([...callers.map(({ port }) => port), ...fromEntry])];
  const clients = (port: number) =>
    callers.filter((caller) => caller.port === port).flatMap(({ services }) => services);
  return [
    ...ports.map((port) => ({
      port,
      peers: [
        ...(clients(port).length > 0 ? [podsNamed(...clients(port))] : []),
        ...(entry && fromEntry.includes(port) ? entry.peers : []),
      ],
    })),
    ...(metrics === null ? [] : [{ peers: [PROMETHEUS], port: metrics.port }]),
  ];
}

/** Where a program may connect: declared callees, Kafka, its stores, who takes its traces, and third parties. */
export function egressOf({ callees }: NetworkPlan, { broker, stores, outside, traces }: Neighbours): Allowed[] {
  const thirdPorts = [...new Set(outside.map(({ port }) => port))];
  return [
    ...callees.map(({ port, services }) => ({ port, peers: [podsNamed(...services)] })),
    ...(broker ? [{ peers: broker.peers, port: broker.port }] : []),
    ...sameServer(stores),
    ...(traces ? [{ peers: traces.peers, port: traces.port }] : []),
    ...thirdPorts.map((port) => ({ port, peers: [ANYWHERE_OUTSIDE] })),
  ];
}

/** Several stores of one server are one connection to it. */
function sameServer(stores: readonly StoreConnection[]): Allowed[] {
  const servers = new Map(stores.map(({ peers, port }) => [JSON.stringify([peers, port]), { peers, port }]));
  return [...servers.values()];
}
