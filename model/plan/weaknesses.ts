import type { System } from "../system.ts";
import { isDeclined } from "../words/declined.ts";
import type { AnyPart } from "../words/service.ts";

/** What weakens a promise, and the reason that the description gives for it. */
export interface WeaknessPlan {
  readonly service: string;
  /** Stable, so that reports and policies can name it. */
  readonly kind:
    | "one"
    | "sticky"
    | "slow"
    | "shared"
    | "connects"
    | "itself"
    | "beside"
    | "rights"
    | "open"
    | "unhealthy"
    | "unprotected"
    | "unmigrated";
  /** What it is about: a callee, a store, another program; the service itself where that says it all. */
  readonly about: string;
  readonly reason: string;
}

/** Every weakness of a system, service by service. */
export function planWeaknesses(system: System): WeaknessPlan[] {
  return Object.entries(system.services).flatMap(([service, part]) =>
    ofPart(part).map((weakness) => ({ service, ...weakness })),
  );
}

type OfPart = Omit<WeaknessPlan, "service">;

function ofPart(part: AnyPart): OfPart[] {
  return [...ofReplicas(part), ...ofHealth(part), ...ofEdges(part), ...ofStores(part), ...ofRights(part)];
}

function ofReplicas({ scale, sticky, answers = {} }: AnyPart): OfPart[] {
  return [
    ...(scale && "one" in scale ? [{ kind: "one", about: "replicas", reason: scale.one } as const] : []),
    ...(sticky === undefined ? [] : [{ kind: "sticky", about: "clients", reason: sticky } as const]),
    ...Object.entries(answers).flatMap(([about, { open }]) =>
      open === undefined ? [] : [{ kind: "open", about, reason: open } as const],
    ),
  ];
}

function ofHealth({ health }: AnyPart): OfPart[] {
  if (typeof health !== "object") return [];
  if ("connects" in health) return [{ kind: "connects", about: "health", reason: health.connects }];
  return "declined" in health ? [{ kind: "unhealthy", about: "health", reason: health.declined }] : [];
}

function ofEdges({ calls = {} }: AnyPart): OfPart[] {
  return Object.entries(calls).flatMap(([about, call]) => [
    ...(call?.slow === undefined ? [] : [{ kind: "slow", about, reason: call.slow } as const]),
    ...(typeof call?.keptBy === "object" && isDeclined(call.keptBy)
      ? [{ kind: "unprotected", about, reason: call.keptBy.declined } as const]
      : []),
  ]);
}

function ofStores({ uses = {}, migration }: AnyPart): OfPart[] {
  return [
    ...Object.entries(uses).flatMap(([about, use]) =>
      use?.shared === undefined ? [] : [{ kind: "shared", about, reason: use.shared } as const],
    ),
    ...(migration && "itself" in migration
      ? [{ kind: "itself", about: "migration", reason: migration.itself } as const]
      : []),
    ...(migration && "declined" in migration
      ? [{ kind: "unmigrated", about: "migration", reason: migration.declined } as const]
      : []),
  ];
}

function ofRights({ beside = {}, mayAlso = [] }: AnyPart): OfPart[] {
  return [
    ...Object.entries(beside).map(([about, { reason }]) => ({ kind: "beside", about, reason }) as const),
    ...mayAlso.map(({ actions, reason }) => ({ kind: "rights", about: actions.join(", "), reason }) as const),
  ];
}
