import type { Fault } from "../../fault.ts";
import { PORT } from "../../names.ts";
import { isOnKit } from "../../plan/program/source.ts";
import type { System } from "../../system.ts";
import type { Answer } from "../../words/answer.ts";
import type { AnyPart } from "../../words/service.ts";
import { at, type Path, servicesOf, unless } from "../place.ts";
import { isPort } from "../spellings.ts";

/** Answers that are missing, that no port can carry, or that stand in each other's way. */
export function checkAnswers(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    if ((part.kind ?? "service") !== "service") return [];
    const path = (field: string) => at(system, name, `answers${field}`);
    const answers = Object.entries(part.answers ?? {});
    return [
      ...(isOnKit(part) ? ofKit(path(""), part) : missing(path(""), answers.length)),
      ...answers.flatMap(([answer, word]) => checkAnswer((field) => path(`.${answer}${field}`), answer, word)),
      ...twice(path, answers, "listens"),
      ...twice(path, answers, "known"),
    ];
  });
}

function missing(path: string, count: number): Fault[] {
  return unless(count > 0, {
    kind: "answers-missing",
    path,
    found: "nothing",
    allowed: "one answer or more, each with its protocol and the port that the program listens on",
    fix: 'write { http: { protocol: "http", listens: 8000 } }, or make it a worker: it answers nobody',
  });
}

/** The kit opens its port for HTTP and knows no other. */
function ofKit(path: string, { answers }: AnyPart): Fault[] {
  const opens = Object.values(answers ?? {}).some(
    ({ protocol, listens }) => protocol === "http" && listens === PORT.http,
  );
  return unless(answers === undefined || opens, {
    kind: "kit-answer",
    path,
    found: "no http answer on the port that the kit opens",
    allowed: `an http answer that listens on ${PORT.http}`,
    fix: "remove `answers`: the kit says them by itself",
  });
}

function checkAnswer(path: Path, name: string, { listens, known }: Answer): Fault[] {
  return [
    ...unless(name.length <= 15 && /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(name), {
      kind: "answer-name",
      path: path(""),
      found: `"${name}"`,
      allowed: "the name of a port: at most 15 lower-case letters, digits and '-', with a letter among them",
      fix: "rename the answer",
    }),
    ...unless(isPort(listens), {
      kind: "answer-listens",
      path: path(".listens"),
      found: String(listens),
      allowed: "1 to 65535",
      fix: "write the port that the program listens on",
    }),
    ...unless(known === undefined || isPort(known), {
      kind: "answer-known",
      path: path(".known"),
      found: String(known),
      allowed: "1 to 65535",
      fix: "write the port that callers were written for, or remove it for the program's own",
    }),
  ];
}

/** Each answer whose port an earlier one has already. */
function twice(path: Path, answers: readonly (readonly [string, Answer])[], end: "listens" | "known"): Fault[] {
  const portOf = ({ listens, known = listens }: Answer) => (end === "listens" ? listens : known);
  return answers.flatMap(([name, answer], index) => {
    const first = answers.slice(0, index).find(([, other]) => portOf(other) === portOf(answer));
    if (first === undefined) return [];
    return [
      {
        kind: `answer-${end}-twice`,
        path: path(`.${name}.${end}`),
        found: `${portOf(answer)}, which "${first[0]}" has too`,
        allowed: "each port once in a service",
        fix:
          end === "listens"
            ? "keep one of the answers, or give each its own port"
            : "let callers know each by its own port",
      },
    ];
  });
}
