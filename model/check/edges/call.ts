import type { Fault } from "../../fault.ts";
import { answerOf, planAnswers } from "../../plan/edges/answers.ts";
import type { Timeouts } from "../../plan/edges/timeouts.ts";
import type { System } from "../../system.ts";
import type { Call } from "../../words/edge.ts";
import type { AnyPart } from "../../words/service.ts";
import { at, type Path, unknownName, unless } from "../place.ts";
import { checkKeeper } from "./keeper.ts";
import { checkTimeout } from "./timeout.ts";

/** One service that waits for another. */
export interface Edge {
  readonly caller: string;
  readonly callee: string;
  readonly call: Call;
}

/** What is wrong with one call; how long it waits by default can be told only without circles. */
export function checkCall(system: System, { caller, callee, call }: Edge, timeouts: Timeouts | undefined): Fault[] {
  const path = (field: string) => at(system, caller, `calls.${callee}${field}`);
  return [
    ...checkCallee(system, path, callee, call),
    ...checkTimeout(path, call, timeouts?.of(caller, callee)),
    ...checkKeeper(path, system.services[caller] as AnyPart, call),
    ...bulkhead(path(".maxConcurrent"), call),
  ];
}

/** Whether there is somebody who answers. */
function checkCallee(system: System, path: Path, callee: string, { answer: named }: Call): Fault[] {
  const names = Object.keys(system.services);
  if (!names.includes(callee))
    return [unknownName("unknown-callee", path(""), callee, names, "service of this system")];
  const answers = planAnswers(system.services[callee] as AnyPart);
  const kind = system.services[callee]?.kind ?? "service";
  if (kind !== "service" || answers.length === 0) {
    return [
      {
        kind: "callee-answers-nobody",
        path: path(""),
        found:
          kind === "service" ? `"${callee}", which says nothing under \`answers\`` : `"${callee}", which is a ${kind}`,
        allowed: "a service that answers",
        fix:
          kind === "service"
            ? `say what "${callee}" answers`
            : `make "${callee}" a service with \`answers\`, or remove the call`,
      },
    ];
  }
  const known = answers.map(({ name }) => name);
  return named === undefined || answerOf(answers, named) !== undefined
    ? []
    : [unknownName("unknown-answer", path(".answer"), named, known, `answer of ${callee}`)];
}

function bulkhead(path: string, { maxConcurrent }: Call): Fault[] {
  return unless(maxConcurrent === undefined || maxConcurrent >= 1, {
    kind: "max-concurrent",
    path,
    found: String(maxConcurrent),
    allowed: "1 or more",
    fix: "set the most calls one replica may have under way",
  });
}
