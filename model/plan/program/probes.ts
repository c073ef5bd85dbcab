import { DEFAULTS } from "../../defaults.ts";
import { HEALTH } from "../../names.ts";
import { parseDuration } from "../../quantity.ts";
import type { Health, HealthPreset } from "../../words/answer.ts";
import type { AnyPart } from "../../words/service.ts";
import { type AnswerPlan, planAnswers } from "../edges/answers.ts";
import { isOnKit } from "./source.ts";

/** What a probe does. */
export type ProbeAction =
  | {
      readonly http: {
        readonly path: string;
        readonly port: number;
        readonly headers: Readonly<Record<string, string>>;
      };
    }
  | { readonly grpc: { readonly port: number } }
  | { readonly tcp: { readonly port: number } }
  | { readonly command: readonly string[] };

/** One probe: starting, busy and dead are told apart. Times in seconds. */
export type ProbePlan = ProbeAction & {
  readonly periodSeconds: number;
  readonly failureThreshold: number;
  readonly timeoutSeconds: number;
};

/** The probes of one program. */
export interface ProbePlans {
  readonly startup: ProbePlan;
  readonly readiness: ProbePlan;
  readonly liveness: ProbePlan;
}

interface Paths {
  readonly started: string;
  readonly ready: string;
  readonly alive: string;
}

/** What programs of one kind answer by their own convention; gRPC has a protocol for it. */
const PATHS: Readonly<Record<Exclude<HealthPreset, "grpc">, Paths>> = {
  kit: { started: HEALTH.startup, ready: HEALTH.readiness, alive: HEALTH.liveness },
  spring: {
    started: "/actuator/health/liveness",
    ready: "/actuator/health/readiness",
    alive: "/actuator/health/liveness",
  },
  aspnet: { started: "/alive", ready: "/health", alive: "/alive" },
};

/** Its own word, or that of the kit. */
export function healthOf(part: Pick<AnyPart, "health" | "from">): Health | undefined {
  return part.health ?? (isOnKit(part) ? "kit" : undefined);
}

/** The probes of a part; null for jobs and where the description declines, with the reason there. */
export function planProbes(part: AnyPart): ProbePlans | null {
  const health = part.kind === "job" ? undefined : healthOf(part);
  const actions = health === undefined ? null : actionsOf(health, planAnswers(part));
  if (actions === null) return null;
  const { startup, readiness, liveness } = DEFAULTS.probe;
  const startsMs = parseDuration(part.needs?.startsWithin ?? "");
  const patience =
    startsMs === undefined ? startup.value.failureThreshold : Math.ceil(startsMs / 1000 / startup.value.periodSeconds);
  return {
    startup: { ...actions.started, ...startup.value, failureThreshold: patience },
    readiness: { ...actions.ready, ...readiness.value },
    liveness: { ...actions.alive, ...liveness.value },
  };
}

type Actions = Readonly<Record<keyof Paths, ProbeAction>>;

function actionsOf(health: Health, answers: readonly AnswerPlan[]): Actions | null {
  if (health === "grpc") return always({ grpc: { port: portOf(answers, "grpc") } });
  if (typeof health === "string") return paths(PATHS[health], portOf(answers, "http"), {});
  if ("command" in health) return always({ command: health.command });
  if ("connects" in health) return always({ tcp: { port: answers[0]?.listens ?? 0 } });
  if ("declined" in health) return null;
  const { ready, alive, port = portOf(answers, "http"), headers = {} } = health;
  return paths({ started: ready, ready, alive }, port, headers);
}

function always(action: ProbeAction): Actions {
  return { started: action, ready: action, alive: action };
}

function paths({ started, ready, alive }: Paths, port: number, headers: Readonly<Record<string, string>>): Actions {
  const ask = (path: string) => ({ http: { path, port, headers } });
  return { started: ask(started), ready: ask(ready), alive: ask(alive) };
}

/** The port of the first answer in that protocol; the check refuses a health form that no answer can serve. */
function portOf(answers: readonly AnswerPlan[], protocol: "http" | "grpc"): number {
  return answers.find((answer) => answer.protocol === protocol)?.listens ?? 0;
}
