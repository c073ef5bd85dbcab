import * as pulumi from "@pulumi/pulumi";
import { assertDeployable } from "../../model/check.ts";
import { planSystem } from "../../model/plan.ts";
import type { Stage } from "../../model/stage.ts";
import type { System } from "../../model/system.ts";
import type { Part } from "../../model/words/service.ts";
import { brokerOf, storeOf } from "../connections.ts";
import { Microservice as PlannedMicroservice } from "../microservice.ts";
import { type ImageConnection, NO_RIGHTS, type Platform } from "../platform.ts";
import type { ProgramArgs } from "../program.ts";
import { clusterOf, type Entrance, entryOf, type Place } from "./place.ts";

export interface MicroserviceArgs {
  /** The service in the words of a description; its routes let the entrance's pods in. */
  readonly service: Part<never, never, never>;
  readonly cluster: Place;
  /** Team that answers for it. */
  readonly owner: string;
  /** Numbers of "prod" unless it is said otherwise: replicas, shares of CPU, deadlines. */
  readonly stage?: Stage;
  /** What its container runs, where that is known only when it is deployed, such as the digest of an image that this program builds; else `from: { image }`. */
  readonly image?: pulumi.Input<string>;
  /** Values of the secrets that it reads, by their names. */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Who carries public traffic to it; only for a service with routes. */
  readonly entrance?: Entrance;
}

/** One service in a program of one's own: deployment, address, autoscaler, disruption budget, settings and network rules. Throws every fault of its description at once. */
export class Microservice extends PlannedMicroservice {
  constructor(name: string, args: MicroserviceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(name, planned(name, args), opts);
  }
}

function planned(name: string, args: MicroserviceArgs): ProgramArgs {
  const { service, cluster, owner, stage = "prod", entrance } = args;
  const system: System = {
    name,
    purpose: service.purpose,
    owner,
    services: { [name]: service },
    entry: entrance === undefined ? { declined: "it is declared alone" } : ANY_LIMITS,
  };
  assertDeployable(stage, [system]);
  const [plan] = planSystem(system, stage).workloads;
  if (plan === undefined) throw new Error(`nothing is planned for "${name}"`);
  const platform: Platform = {
    cluster: clusterOf(cluster),
    traces: null,
    image: () => imageOf(name, args),
    broker: () => brokerOf(null),
    store: (store) => storeOf(new Map(), store),
    rights: () => NO_RIGHTS,
    secret: (secret) => pulumi.secret(secretOf(name, args, secret)),
    entry: () => entryOf(required(name, entrance)),
  };
  return { plan, platform, entry: entrance === undefined ? null : entryOf(entrance) };
}

/** Limits are the gateway's; the service only has to know that there is one. */
const ANY_LIMITS = { rateLimit: { perSecond: 1, burst: 1 }, maxBody: "1Ki" };

function imageOf(name: string, { image, service: { from } }: MicroserviceArgs): ImageConnection {
  const reference = image ?? (from !== undefined && "image" in from ? from.image : undefined);
  if (reference === undefined)
    throw new Error(`Microservice "${name}" has no image. Fix: give \`image\`, or \`from: { image: "…" }\``);
  const version = pulumi.output(reference).apply((text) =>
    text
      .slice(text.search(/[:@][^:@/]*$/) + 1)
      .replace(/^.*:/, "")
      .slice(0, LABEL_LENGTH),
  );
  return { reference, version };
}

/** Most characters of a label's value. */
const LABEL_LENGTH = 63;

function secretOf(name: string, { secrets = {} }: MicroserviceArgs, secret: string): pulumi.Input<string> {
  const value = secrets[secret];
  if (value === undefined)
    throw new Error(`Microservice "${name}" reads the secret "${secret}". Fix: give its value in \`secrets\``);
  return value;
}

function required(name: string, entrance: Entrance | undefined): Entrance {
  if (entrance === undefined) throw new Error(`Microservice "${name}" has routes. Fix: give \`entrance\``);
  return entrance;
}
