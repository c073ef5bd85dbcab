import { SLOW_MAX_MS, TIMEOUT_MS } from "../../call-limits.ts";
import type { Fault } from "../../fault.ts";
import { parseDuration } from "../../quantity.ts";
import type { Call } from "../../words/edge.ts";
import type { Path } from "../place.ts";

/** A wait that is written, or what the time-outs around a call leave for it, in milliseconds; and whether a long one says why. */
export function checkTimeout(path: Path, { timeout: written, slow }: Call, planned: number | undefined): Fault[] {
  const place = path(".timeout");
  if (written === undefined)
    return [...left(place, planned), ...((planned ?? 0) > TIMEOUT_MS.max ? [] : superfluous(path, slow, written))];
  const waits = parseDuration(written);
  if (waits === undefined) {
    return [
      {
        kind: "timeout-unit",
        path: place,
        found: `"${written}"`,
        allowed: 'a number with ms or s, such as "610ms"',
        fix: "write the unit",
      },
    ];
  }
  if (waits < TIMEOUT_MS.min || waits > SLOW_MAX_MS) return [outOfRange(place, `${waits} ms`, "write a time within")];
  if (waits <= TIMEOUT_MS.max) return superfluous(path, slow, written);
  return slow === undefined ? [unexplained(place, waits)] : [];
}

/** Not even the least time is left for a call without a time-out of its own. */
function left(place: string, planned: number | undefined): Fault[] {
  if (planned === undefined || planned >= TIMEOUT_MS.min) return [];
  return [outOfRange(place, `${planned} ms, which is left by the time-outs around it`, "give its callers more time")];
}

function outOfRange(path: string, found: string, fix: string): Fault {
  const { min, max } = TIMEOUT_MS;
  const allowed = `${min} to ${max} ms, or up to ${SLOW_MAX_MS / 60_000} minutes with a reason under \`slow\``;
  return { kind: "timeout-range", path, found, allowed, fix };
}

function unexplained(path: string, waits: number): Fault {
  return {
    kind: "slow-missing",
    path,
    found: `${waits} ms without a reason`,
    allowed: `${TIMEOUT_MS.min} to ${TIMEOUT_MS.max} ms, or \`slow\` with the reason`,
    fix: "shorten the wait, make the edge an event, or say under `slow` why its caller has to wait so long",
  };
}

function superfluous(path: Path, slow: string | undefined, written: string | undefined): Fault[] {
  if (slow === undefined) return [];
  return [
    {
      kind: "slow-superfluous",
      path: path(".slow"),
      found: `a reason for a wait of ${written ?? "the default"}`,
      allowed: `\`slow\` only with a \`timeout\` above ${TIMEOUT_MS.max} ms`,
      fix: "remove `slow`, or write the time-out that it explains",
    },
  ];
}
