import type { Props } from "../../resources/resource.ts";
import { NAMESPACE } from "./names.ts";
import type { GoodService } from "./settings.ts";

/** The component that says what the service was planned to do. */
export function intentOf({ name, calls = [], topic, consumes, routes = [] }: GoodService): Props {
  const plan = {
    system: NAMESPACE,
    name,
    calls: calls.map((callee) => ({ caller: name, callee, transactional: true })),
    publishes: topic ? ["OrderPlaced"] : [],
    consumes: consumes ? ["OrderPlaced"] : [],
    database: name,
    routes,
  };
  return { type: "slipway:workload:Microservice", name, props: { plan } };
}

/** Both sides of every edge as annotations, each at its first version. */
export function contractsOf({ name, calls = [], topic, consumes }: GoodService): Record<string, string> {
  const first = (contracts: readonly string[]): string => contracts.map((contract) => `${contract}@1`).join(", ");
  return {
    "slipway.dev/provides": first([name, ...(topic ? ["OrderPlaced"] : [])]),
    "slipway.dev/contracts": first([...calls, ...(consumes ? ["OrderPlaced"] : [])]),
  };
}
