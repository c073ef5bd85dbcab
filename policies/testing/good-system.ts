/** A whole stack in which no rule finds anything: two services, their entry, events, alerts, and the cloud below. */

import type { Props } from "../resources/resource.ts";
import { alerts } from "./good/alerts.ts";
import { catalogue, entry, namespace, storage } from "./good/around.ts";
import { cache, cluster, database, images, kafka, network } from "./good/cloud.ts";
import { goodService } from "./good-service.ts";

/** A fresh copy of the stack, as cases write resources. */
export function goodSystem(): Props[] {
  return structuredClone([
    ...goodService({ name: "order", calls: ["payment"], topic: "shop.order", routes: ["/orders"] }),
    ...goodService({ name: "payment", consumes: "shop.order" }),
    ...namespace(),
    ...entry(),
    catalogue(),
    ...storage(),
    alerts(),
    ...network(),
    ...cluster(),
    ...database(),
    ...cache(),
    ...kafka(),
    ...images(),
  ]);
}
