import type { System } from "../../model/system.ts";
import type { Event } from "../../model/words/event.ts";
import type { Service } from "../../model/words/service.ts";

/** Services that listen to one publisher. */
const GROUP = 5;

/** A system of `count` services: in groups of five, one publishes and owns a database, four listen and call their neighbour. */
export function generatedSystem(system: string, count: number): System {
  const name = (index: number): string => `s${String(index).padStart(4, "0")}`;
  const services: Record<string, Service> = {};
  const events: Record<string, Event> = {};
  for (let index = 0; index < count; index++) {
    const publisher = index - (index % GROUP);
    const isPublisher = index === publisher;
    const basics = {
      purpose: `Service number ${index}`,
      tier: "standard",
      slo: { declined: "generated" },
      routes: [`/${name(index)}`],
      scale: { max: 3 },
    } as const;
    services[name(index)] = isPublisher
      ? { ...basics, publishes: [`Happened${index}`], uses: { [`${name(index)}-db`]: { may: "write" } } }
      : {
          ...basics,
          consumes: [`Happened${publisher}`],
          calls: { [name(index - 1)]: { reason: "generated", onFailure: "default", transactional: false } },
        };
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
    services,
    events,
    partitions: 3,
    entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
  };
}
