import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { assertDeployable } from "../../model/check.ts";
import { planSystem } from "../../model/plan.ts";
import type { Entry, System } from "../../model/system.ts";
import type { PublicPath } from "../../model/words/service.ts";
import { Gateway as PlannedGateway, type GatewayArgs as PlannedArgs } from "../gateway.ts";
import { clusterOf, type Entrance, entryOf, type Place } from "./place.ts";

export interface GatewayArgs {
  /** What of which Service of the namespace the outside may reach. */
  readonly services: Readonly<Record<string, { readonly port: number; readonly routes: readonly PublicPath[] }>>;
  /** Limits of one client, and of a request. */
  readonly limits: Entry;
  readonly cluster: Place;
  readonly entrance: Entrance;
  /** Team that answers for it. */
  readonly owner: string;
}

/** The public entry of Services that are there already: listener, limits of clients and a route for each. It needs Traefik's kinds in the cluster. */
export class Gateway extends PlannedGateway {
  constructor(name: string, args: GatewayArgs, opts?: ComponentResourceOptions) {
    super(name, planned(name, args), opts);
  }
}

function planned(name: string, { services, limits, cluster, entrance, owner }: GatewayArgs): PlannedArgs {
  const system: System = {
    name,
    purpose: "Its entry alone",
    owner,
    services: Object.fromEntries(
      Object.entries(services).map(([service, { port, routes }]) => [
        service,
        { ...SOMEBODY_ELSES, answers: http(port), routes },
      ]),
    ),
    entry: limits,
  };
  assertDeployable("dev", [system]); // of the stage nothing of an entry depends
  const { entry } = planSystem(system, "dev");
  if (entry === null) throw new Error(`Gateway "${name}" has no route`);
  const { namespace } = cluster;
  return {
    plan: entry,
    owner: { namespace, system: name, name: "gateway", component: "gateway", team: owner },
    cluster: clusterOf(cluster),
    entry: entryOf(entrance),
  };
}

/** All that is known here of a service is its port. */
const SOMEBODY_ELSES = {
  purpose: "Is declared elsewhere",
  tier: "standard",
  from: { image: "elsewhere" },
  health: { declined: "it is declared elsewhere" },
  slo: { declined: "it is declared elsewhere" },
} as const;

const http = (listens: number) => ({ http: { protocol: "http", listens } }) as const;
