import type { Fault } from "../../fault.ts";
import { isOnKit } from "../../plan/program/source.ts";
import { isDeclined } from "../../words/declined.ts";
import type { Call } from "../../words/edge.ts";
import type { AnyPart } from "../../words/service.ts";
import { type Path, unless } from "../place.ts";

/** Who keeps time-out and breaker, and what happens when a call fails: the kit can do what a foreign program cannot. */
export function checkKeeper(path: Path, caller: AnyPart, call: Call): Fault[] {
  const kit = isOnKit(caller);
  return [
    ...invented(path(".onFailure"), call),
    ...(kit ? unknownToKit(path(".onFailure"), call) : withoutOutbox(path(".onFailure"), call)),
    ...(kit ? [] : keeper(path(".keptBy"), call)),
    ...settings(path(".keptBy.settings"), call),
  ];
}

/** A transaction stands or falls with the answer. */
function invented(path: string, { transactional, onFailure }: Call): Fault[] {
  const place = { path, found: `"${onFailure}" on a transactional call`, allowed: '"reject" or "queue"' };
  if (!transactional) return [];
  if (onFailure === "default") {
    const fix = 'write "reject": an invented answer would let half a transaction stand';
    return [{ ...place, kind: "transactional-default", fix }];
  }
  if (onFailure !== "own") return [];
  const fix =
    'write "reject" if the program does so; otherwise the call is not transactional: nobody can hold it to it';
  return [{ ...place, kind: "transactional-own", fix }];
}

function unknownToKit(path: string, { onFailure }: Call): Fault[] {
  return unless(onFailure !== "own", {
    kind: "own-on-kit",
    path,
    found: '"own" of a service on the kit',
    allowed: '"reject", "default" or "queue", which the kit does',
    fix: "say which of them",
  });
}

function withoutOutbox(path: string, { onFailure }: Call): Fault[] {
  return unless(onFailure !== "queue", {
    kind: "queue-needs-kit",
    path,
    found: '"queue" of a program that is not on the kit',
    allowed: '"reject", "default" or "own": only the kit has an outbox',
    fix: 'write "own" if the program keeps a queue of its own',
  });
}

function keeper(path: string, { keptBy }: Call): Fault[] {
  const allowed = "`settings` with the program's own variables, or `declined` with the reason";
  const fix = 'write { settings: { PAYMENT_TIMEOUT: "timeoutMs" } }, or { declined: "its client has no time-out" }';
  if (keptBy === undefined)
    return [{ kind: "kept-by-missing", path, found: "nothing: nobody knows who ends a call that hangs", allowed, fix }];
  return unless(keptBy !== "kit", {
    kind: "kept-by-kit",
    path,
    found: '"kit" of a program that is not on the kit',
    allowed,
    fix,
  });
}

function settings(path: string, { keptBy }: Call): Fault[] {
  if (typeof keptBy !== "object" || isDeclined(keptBy)) return [];
  const told = Object.values(keptBy.settings);
  return unless(told.includes("timeoutMs") || told.includes("maxConcurrent"), {
    kind: "kept-by-nothing",
    path,
    found: told.length === 0 ? "no variable" : "no variable for a time-out or a bulkhead",
    allowed: 'at least one variable for "timeoutMs" or "maxConcurrent"',
    fix: "name the program's variable for its time-out, or decline with the reason that it has none",
  });
}
