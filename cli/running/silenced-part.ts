import { nearest } from "../../model/nearest.ts";
import { storeServers } from "../../model/plan/stores.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { UserError } from "../terminal/user-error.ts";

/** What a silence covers: a whole system, or one service or store of it. */
export interface SilencedPart {
  readonly system: string;
  readonly service: string | null;
}

/** Finds "fishdelivery", "order", "kafka" or "fishdelivery/order" among the systems of a stack. */
export function silencedPart(plans: readonly SystemPlan[], what: string): SilencedPart {
  const parts = plans.flatMap((plan) => [
    { system: plan.name, service: null },
    ...servicesOf(plan).map((service) => ({ system: plan.name, service })),
  ]);
  const found = parts.filter((part) => nameOf(part) === what || part.service === what);
  if (found.length === 1) return found[0] as SilencedPart;
  const names = parts.map(nameOf);
  const guess = nearest(what, [...names, ...parts.flatMap(({ service }) => service ?? [])]);
  throw new UserError(
    found.length === 0
      ? `slipway silence: this stack runs no "${what}"${guess ? ` (did you mean "${guess}"?)` : ""}; there are: ${names.join(", ")}.`
      : `slipway silence: "${what}" is in several systems; name one of: ${found.map(nameOf).join(", ")}.`,
  );
}

function servicesOf({ workloads, stores, messaging }: SystemPlan): string[] {
  return [
    ...workloads.map(({ name }) => name),
    ...storeServers(stores),
    ...(messaging.topics.length > 0 ? ["kafka"] : []),
  ];
}

const nameOf = ({ system, service }: SilencedPart) => (service === null ? system : `${system}/${service}`);
