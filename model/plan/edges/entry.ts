import { DEFAULTS } from "../../defaults.ts";
import { parseBytes } from "../../quantity.ts";
import type { System } from "../../system.ts";
import { isDeclined } from "../../words/declined.ts";
import type { Protocol } from "../../words/answer.ts";
import type { AnyPart } from "../../words/service.ts";
import { answerOfService } from "./answers.ts";
import { planMetrics } from "../program/measured.ts";
import { planDrainSeconds } from "../program/rollout.ts";
import { type ParsedRoute, parseRoute, RESERVED } from "./route.ts";
import { planSignIn, type SignInPlan } from "./sign-in.ts";
import { planTimeouts, type Timeouts } from "./timeouts.ts";

/** One public path; `method` is null where every method may pass. */
export interface RoutePlan extends Omit<ParsedRoute, "answer"> {
  readonly system: string;
  readonly service: string;
  readonly protocol: Protocol;
  /** Port of the Service, and of its pods. */
  readonly port: number;
  readonly listens: number;
  /** Null for answers that stay open. */
  readonly timeoutMs: number | null;
  /** Public paths below this one that lead to what a program shows for the platform alone. */
  readonly closed: readonly string[];
  /** Why a client stays with one replica; null where any will do. */
  readonly sticky: string | null;
}

/** The one public entry of a system. */
export interface EntryPlan {
  readonly routes: readonly RoutePlan[];
  /** Null where no route asks who its caller is. */
  readonly signIn: SignInPlan | null;
  readonly rateLimit: { readonly perSecond: number; readonly burst: number };
  readonly maxBodyBytes: number;
  readonly waits: EntryWaits;
}

/** How long the entry, and whatever stands before it, waits. */
export interface EntryWaits {
  /** Seconds until it gives the slowest route up; streams have no end. */
  readonly answerSeconds: number;
  /** Whether something streams through it. */
  readonly streams: boolean;
  /** Seconds that a gateway which stops lets what is under way end: the slowest answer, and streams as long as their own service does. */
  readonly drainSeconds: number;
}

/** Public routes, longest path first, so that no path hides a more exact one; null where nobody outside may ask. */
export function planEntry(system: System): EntryPlan | null {
  if (isDeclined(system.entry)) return null;
  const timeouts = planTimeouts(system);
  const routes = Object.entries(system.services).flatMap(([service, part]) =>
    routesOf(system, service, part, timeouts.patience),
  );
  return {
    routes: routes.toSorted((a, b) => b.path.length - a.path.length || a.path.localeCompare(b.path)),
    signIn: planSignIn(system),
    rateLimit: system.entry.rateLimit,
    maxBodyBytes: parseBytes(system.entry.maxBody) ?? 0,
    waits: waitsFor(system, routes, timeouts.waited),
  };
}

function waitsFor({ services }: System, routes: readonly RoutePlan[], waited: Timeouts["waited"]): EntryWaits {
  const answers = routes.flatMap(({ timeoutMs }) => (timeoutMs === null ? [] : [Math.ceil(timeoutMs / 1000)]));
  const streams = routes.flatMap(({ service, timeoutMs }) => {
    const part = services[service];
    return timeoutMs === null && part ? [planDrainSeconds(part, waited(service))] : [];
  });
  const answerSeconds = Math.max(DEFAULTS.objective.routeTimeoutMs.value / 1000, ...answers);
  const drainSeconds = Math.max(answerSeconds, ...streams) + DEFAULTS.gateway.marginSeconds.value;
  return { answerSeconds, streams: streams.length > 0, drainSeconds };
}

function routesOf(system: System, service: string, part: AnyPart, patience: (service: string) => number): RoutePlan[] {
  return (part.routes ?? []).map((route) => {
    const { answer: named, ...parsed } = parseRoute(route);
    const answer = answerOfService(system, service, named ?? undefined);
    return {
      ...parsed,
      system: system.name,
      service,
      protocol: answer.protocol,
      port: answer.known,
      listens: answer.listens,
      timeoutMs: answer.open === null ? patience(service) : null,
      closed: closedBelow(parsed, shownAt(part, answer.listens)),
      sticky: part.sticky ?? null,
    };
  });
}

/** Where the program sees its own root, everything it has is below it. */
function closedBelow({ path, as }: Pick<ParsedRoute, "path" | "as">, shown: readonly string[]): string[] {
  if ((as ?? path) !== "/") return [];
  return [...new Set([...RESERVED, ...shown])].map((inside) => (path === "/" ? inside : `${path}${inside}`));
}

/** Where a program shows its figures on the port that the public reaches. */
function shownAt(part: AnyPart, listens: number): string[] {
  const metrics = planMetrics(part);
  return metrics?.port === listens ? [metrics.path] : [];
}
