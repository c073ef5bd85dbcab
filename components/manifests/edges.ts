import { PORT } from "../../model/names.ts";
import type { NetworkPlan } from "../../model/plan/workload.ts";
import type { BrokerConnection, DatabaseConnection, EntryConnection } from "../platform.ts";
import type { Allowed } from "./network-policy.ts";
import { podsNamed, PROMETHEUS } from "./peers.ts";

/** The stores and the entry as far as this service has to do with them. */
export interface Neighbours {
  readonly broker: BrokerConnection | null;
  readonly database: DatabaseConnection | null;
  readonly entry: EntryConnection | null;
}

/** Who may connect to a service: declared callers, the public entry if it has routes, and Prometheus to its metrics alone. */
export function ingressOf({ callers }: NetworkPlan, { entry }: Neighbours): Allowed[] {
  const clients = [...(callers.length > 0 ? [podsNamed(...callers)] : []), ...(entry?.peers ?? [])];
  return [
    { peers: clients, port: PORT.http },
    { peers: [PROMETHEUS], port: PORT.metrics },
  ];
}

/** Where a service may connect: declared callees, Kafka and its own database. */
export function egressOf({ callees }: NetworkPlan, { broker, database }: Neighbours): Allowed[] {
  return [
    { peers: callees.length > 0 ? [podsNamed(...callees)] : [], port: PORT.http },
    ...(broker ? [{ peers: broker.peers, port: broker.port }] : []),
    ...(database ? [{ peers: database.peers, port: database.port }] : []),
  ];
}
