import type { Fault } from "../../fault.ts";
import { planAnswers } from "../../plan/edges/answers.ts";
import { isOnKit } from "../../plan/program/source.ts";
import type { System } from "../../system.ts";
import type { Health, HttpHealth } from "../../words/answer.ts";
import type { AnyPart } from "../../words/service.ts";
import { at, type Path, servicesOf, unless } from "../place.ts";
import { isPort } from "../spellings.ts";

/** Programs whose health nobody knows how to ask. */
export function checkHealth(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    if (part.kind === "job") return [];
    const path = (field: string) => at(system, name, `health${field}`);
    const { health } = part;
    if (health === undefined) return isOnKit(part) ? [] : [missing(path(""))];
    return [...ofKit(path(""), part, health), ...answered(path(""), part, health), ...form(path, health)];
  });
}

const FORMS =
  '"spring", "aspnet", "grpc", { ready: "/ready", alive: "/alive" }, { command: ["check"] }, { connects: "why" } or { declined: "why" }';

function missing(path: string): Fault {
  return {
    kind: "health-missing",
    path,
    found: "nothing: no rollout of it could be proved",
    allowed: FORMS,
    fix: 'write the paths that the program answers, or { declined: "has none" }',
  };
}

function ofKit(path: string, part: AnyPart, health: Health): Fault[] {
  return unless(health !== "kit" || isOnKit(part), {
    kind: "health-of-kit",
    path,
    found: '"kit" of a program that is not on the kit',
    allowed: FORMS,
    fix: "say how this program tells its health",
  });
}

/** A question over the network needs an answer that understands it. */
function answered(path: string, part: AnyPart, health: Health): Fault[] {
  const needs = protocolOf(health);
  const answers = planAnswers(part);
  if (needs === null || (answers.length === 0 && part.kind !== "worker")) return []; // told where the answers are missing
  if (answers.some(({ protocol }) => needs === "any" || protocol === needs)) return [];
  const what = needs === "any" ? "an answer" : `an ${needs} answer`;
  return [
    {
      kind: "health-without-answer",
      path,
      found:
        part.kind === "worker"
          ? "a question to a worker, which answers nobody"
          : `no ${needs} answer that could tell it`,
      allowed: part.kind === "worker" ? "paths with their `port`, a command, or `declined`" : what,
      fix:
        part.kind === "worker"
          ? 'write { ready: "/ready", alive: "/alive", port: 8080 }, { command: ["check"] } or { declined: "why" }'
          : `add ${what} under \`answers\`, or say the health in another form`,
    },
  ];
}

/** In which protocol it is asked; null where no answer of the program is needed. */
function protocolOf(health: Health): "http" | "grpc" | "any" | null {
  if (health === "grpc") return "grpc";
  if (typeof health === "string") return "http";
  if ("connects" in health) return "any";
  return "ready" in health && health.port === undefined ? "http" : null;
}

function form(path: Path, health: Health): Fault[] {
  if (typeof health === "string") return [];
  if ("ready" in health) return httpForm(path, health);
  return unless(!("command" in health) || health.command.some((word) => word.trim() !== ""), {
    kind: "health-command",
    path: path(".command"),
    found: "no command",
    allowed: "a program of the image and its arguments",
    fix: 'write the words of the command one by one, such as ["redis-cli", "ping"]',
  });
}

function httpForm(path: Path, health: HttpHealth): Fault[] {
  const ends = (["ready", "alive"] as const).flatMap((end) =>
    unless(/^\/\S*$/.test(health[end]), {
      kind: "health-path",
      path: path(`.${end}`),
      found: `"${health[end]}"`,
      allowed: 'a path of the program, such as "/ready"',
      fix: 'begin it with "/"; host and port are known',
    }),
  );
  const { port } = health;
  return [
    ...ends,
    ...unless(port === undefined || isPort(port), {
      kind: "health-port",
      path: path(".port"),
      found: String(port),
      allowed: "1 to 65535",
      fix: "write the port that the paths are answered on",
    }),
  ];
}
