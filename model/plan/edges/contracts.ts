import type { System } from "../../system.ts";
import { contractName } from "./contract-name.ts";
import { consumersOf, producerOf } from "../messaging.ts";

/** Contracts of one service, as `name@version`: what others rely on, and what it relies on itself. */
export interface ContractPlan {
  readonly provides: readonly string[];
  readonly relies: readonly string[];
}

/** Contracts on both ends of the edges of one service. A call without one is left out: nothing is known about it. */
export function planContracts(system: System, name: string): ContractPlan {
  const callers = Object.values(system.services).flatMap(({ calls }) =>
    Object.entries(calls ?? {}).flatMap(([callee, call]) =>
      callee === name && call?.contract ? [contractName(callee, call.contract)] : [],
    ),
  );
  const calls = Object.entries(system.services[name]?.calls ?? {}).flatMap(([callee, call]) =>
    call?.contract ? [contractName(callee, call.contract)] : [],
  );
  const events = Object.entries(system.events ?? {}).map(([event, { data }]) => ({
    event,
    contract: contractName(event, data),
  }));
  return {
    provides: [
      ...new Set(callers),
      ...events.filter(({ event }) => producerOf(system, event) === name).map(({ contract }) => contract),
    ],
    relies: [
      ...calls,
      ...events.filter(({ event }) => consumersOf(system, event).includes(name)).map(({ contract }) => contract),
    ],
  };
}
