import type { Stage } from "../stage.ts";
import type { System } from "../system.ts";
import type { AnyPart, Service } from "../words/service.ts";
import type { Outside } from "../words/edge.ts";

/** A third party that somebody else answers for on dev. */
export interface StandIn {
  /** Name of the service that does. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly word: NonNullable<Outside["onDev"]>;
  /** Who describes it, and under which name. */
  readonly service: string;
  readonly third: string;
}

const HTTPS = 443;

/** Port that a third party is asked on. */
export function thirdPort({ port = HTTPS }: Pick<Outside, "port">): number {
  return port;
}

/** Every stand-in that a description asks for, in its order. */
export function standInsOf({ services }: Pick<System, "services">): StandIn[] {
  return Object.entries(services).flatMap(([service, part]: [string, AnyPart]) =>
    Object.entries(part.outside ?? {}).flatMap(([third, written]) => {
      const { host, onDev: word } = written;
      const name = `${third}-stand-in`;
      return word === undefined ? [] : [{ name, host, port: thirdPort(written), word, service, third }];
    }),
  );
}

/** Who stands in for a third party on dev, whoever asks it. */
export function standInFor(system: System, asked: Outside): StandIn | undefined {
  return standInsOf(system).find(({ host, port }) => host === asked.host && port === thirdPort(asked));
}

/** On dev the system with a service for each stand-in; elsewhere there are none. */
export function withStandIns(system: System, stage: Stage): System {
  const standIns = stage === "dev" ? standInsOf(system) : [];
  if (standIns.length === 0) return system;
  const added = standIns.map((standIn) => [standIn.name, serviceOf(standIn)] as const);
  return { ...system, services: { ...system.services, ...Object.fromEntries(added) } };
}

function serviceOf({ host, word: { from, run, listens } }: StandIn): Service {
  const reason = `stands in for ${host} on dev`;
  return {
    purpose: `Stands in for ${host} on dev; prod asks the real one`,
    tier: "standard",
    from,
    ...(run === undefined ? {} : { run }),
    answers: { api: { protocol: "tcp", listens } },
    health: { connects: reason },
    slo: { declined: reason },
    scale: { one: `${reason}, and may keep in memory what it was told` },
  };
}
