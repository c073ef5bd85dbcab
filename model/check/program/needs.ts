import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";
import { at, type Path, servicesOf, unless } from "../place.ts";
import { durationWithin, isAbsolutePath, isBelow } from "../spellings.ts";

const STARTS = { least: "1s", most: "15m" };
const STOPS = { least: "1s", most: "10m" };
/** The largest user id that Kubernetes takes. */
const LAST_USER = 2_147_483_647;
/** Folders of the system, which no program may write. */
const SYSTEM = ["/proc", "/sys", "/dev"];

/** How long programs start and stop, what they write and as whom, out of what can be given. */
export function checkNeeds(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    const path = (field: string) => at(system, name, `needs.${field}`);
    const { startsWithin, stopsWithin, user } = part.needs ?? {};
    return [
      ...time(path, "starts-within", startsWithin, STARTS),
      ...time(path, "stops-within", stopsWithin, STOPS),
      ...asUser(path("user"), user),
      ...writes(path("writes"), part),
    ];
  });
}

function time(
  path: Path,
  kind: "starts-within" | "stops-within",
  written: string | undefined,
  { least, most }: typeof STARTS,
): Fault[] {
  return unless(written === undefined || durationWithin(written, least, most) !== undefined, {
    kind,
    path: path(kind === "starts-within" ? "startsWithin" : "stopsWithin"),
    found: `"${written}"`,
    allowed: `${least} to ${most}, a number with s or m`,
    fix: 'write the longest time that was seen, such as "3m"',
  });
}

function asUser(path: string, user: number | undefined): Fault[] {
  if (user === 0)
    return [
      {
        kind: "root-user",
        path,
        found: "0, which is root",
        allowed: `1 to ${LAST_USER}: no program here is root`,
        fix: "remove it for 10001; what the image writes elsewhere than in /tmp goes under `needs.writes`",
      },
    ];
  return unless(user === undefined || (user > 0 && user <= LAST_USER), {
    kind: "user-range",
    path,
    found: String(user),
    allowed: `1 to ${LAST_USER}`,
    fix: "write the user id that the image was made for",
  });
}

function writes(path: string, { needs, folder }: AnyPart): Fault[] {
  const folders = needs?.writes ?? [];
  return folders.flatMap((written, index) => {
    const others = [...folders.slice(0, index), ...(folder ? [folder.path] : [])];
    const other = others.find((one) => isBelow(one, written) || isBelow(written, one));
    const place = { path, found: `"${written}"` };
    if (!isAbsolutePath(written) || SYSTEM.some((one) => isBelow(written, one)))
      return [
        {
          ...place,
          kind: "writes-path",
          allowed: `an absolute path below /, without dots, not below ${SYSTEM.join(", ")}`,
          fix: 'write a folder such as "/var/cache/orders"',
        },
      ];
    if (isBelow(written, "/tmp"))
      return [
        { ...place, kind: "writes-tmp", allowed: "folders beside /tmp, which is always there", fix: "remove it" },
      ];
    return unless(other === undefined, {
      ...place,
      kind: "writes-twice",
      found: `${place.found} beside "${other}"`,
      allowed: "each folder once, and none inside another",
      fix: "keep the outer one",
    });
  });
}
