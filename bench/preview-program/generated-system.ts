import type { System } from "../../model/system.ts";
import type { Event } from "../../model/words/event.ts";
import type { Service } from "../../model/words/service.ts";
import type { Store } from "../../model/words/store.ts";

/** Services that listen to one publisher. */
const GROUP = 5;

/**
 * A system of `count` services: in groups of five, one publishes and owns a database, the others call their neighbour: two are
 * programs that were not written on the kit, two listen.
 */
export function generatedSystem(system: string, count: number): System {
  const name = (index: number): string => `s${String(index).padStart(4, "0")}`;
  const services: Record<string, Service> = {};
  const events: Record<string, Event> = {};
  const stores: Record<string, Store> = {};
  for (let index = 0; index < count; index++) {
    const publisher = index - (index % GROUP);
    const isPublisher = index === publisher;
    const basics = {
      purpose: `Service number ${index}`,
      tier: "standard",
      slo: { declined: "generated" },
      routes: [{ path: `/${name(index)}`, access: "anyone" }],
      scale: { max: 3 },
    } as const;
    const call = { reason: "generated", onFailure: "default", transactional: false } as const;
    const calls = { [name(index - 1)]: call };
    if (isPublisher)
      services[name(index)] = {
        ...basics,
        publishes: [`Happened${index}`],
        uses: { [`db${index}`]: { may: "write" } },
      };
    else if ((index - publisher) % 2 === 0) services[name(index)] = foreign(basics, name(index - 1));
    else
      services[name(index)] = {
        ...basics,
        consumes: [`Happened${publisher}`],
        uses: { [`db${index}`]: { may: "write" } },
        calls,
      };
    if (services[name(index)]?.uses)
      stores[`db${index}`] = { kind: "mariadb", keeps: "last hour", database: name(index) };
    if (isPublisher)
      events[`Happened${index}`] = {
        data: { properties: { id: { type: "string" } } },
        undoneBy: { declined: "generated" },
      };
  }
  return {
    name: system,
    purpose: "Measures the engine",
    owner: "bench-team",
    correlationKey: "id",
    stores,
    services,
    events,
    partitions: 3,
    entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
  };
}

/** A ready image with a port, health paths and a variable of its own. */
function foreign(basics: Pick<Service, "purpose" | "tier" | "slo" | "routes" | "scale">, callee: string): Service {
  const keptBy = { declined: "generated" };
  return {
    ...basics,
    from: { image: `registry.example.com/generated@sha256:${"0".repeat(64)}` },
    answers: { http: { protocol: "http", listens: 8000, known: 80 } },
    health: { ready: "/ready", alive: "/alive" },
    calls: { [callee]: { reason: "generated", onFailure: "own", transactional: false, keptBy } },
    reads: { NEIGHBOUR: { of: callee, fact: "url" } },
  };
}
