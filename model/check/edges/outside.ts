import type { Fault } from "../../fault.ts";
import { isDnsLabel } from "../../names.ts";
import { parseDuration } from "../../quantity.ts";
import type { System } from "../../system.ts";
import type { Outside } from "../../words/edge.ts";
import { at, type Path, servicesOf, unless } from "../place.ts";
import { checkStandIns } from "./stand-in.ts";
import { isPort } from "../spellings.ts";

/** Endings that only a private network answers. */
const PRIVATE = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|svc|arpa)$/;
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Third parties that no rule of the network can name. */
export function checkOutside(system: System): Fault[] {
  const parties = servicesOf(system).flatMap(([service, { outside = {} }]) =>
    Object.entries(outside).flatMap(([name, third]) => {
      const path = (field: string) => at(system, service, `outside.${name}${field}`);
      return [...nameOf(path, name), ...host(path(".host"), third.host), ...numbers(path, third)];
    }),
  );
  return [...parties, ...checkStandIns(system)];
}

function nameOf(path: Path, name: string): Fault[] {
  return unless(isDnsLabel(name), {
    kind: "outside-name",
    path: path(""),
    found: `"${name}"`,
    allowed: "lower-case letters, digits and '-', first a letter",
    fix: "rename the third party",
  });
}

function host(path: string, written: string): Fault[] {
  const place = { path, found: `"${written}"` };
  if (/^[\d.]+$/.test(written) || (written.includes(":") && /^[[\]0-9a-f:]+$/i.test(written))) {
    const allowed = "a host name: an address says nothing about who answers there, and changes";
    return [{ ...place, kind: "outside-address", allowed, fix: "write the name that the program asks for" }];
  }
  const name = nameIn(written);
  if (PRIVATE.test(name) || (name !== "" && !name.includes("."))) {
    const allowed = "a name of the internet, such as api.example.com";
    const fix = "what the cluster itself has is reached with `calls` or `uses`; a private host needs a public name";
    return [{ ...place, kind: "outside-private", allowed, fix }];
  }
  return unless(HOST.test(written) && written.length <= 253, {
    ...place,
    kind: "outside-host",
    allowed: "a host name in lower case, without scheme, port, path or star",
    fix: HOST.test(name) ? `write "${name}"` : 'write a name such as "api.example.com"',
  });
}

/** "https://API.example.com/v1" most likely means "api.example.com". */
function nameIn(written: string): string {
  const [, name = ""] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:?#]+)/i.exec(written) ?? [];
  return name.toLowerCase();
}

function numbers(path: Path, { port, timeout }: Outside): Fault[] {
  return [
    ...unless(port === undefined || isPort(port), {
      kind: "outside-port",
      path: path(".port"),
      found: String(port),
      allowed: "1 to 65535",
      fix: "write the port that it answers on, or remove it for 443",
    }),
    ...unless(timeout === undefined || parseDuration(timeout) !== undefined, {
      kind: "outside-timeout",
      path: path(".timeout"),
      found: `"${timeout}"`,
      allowed: 'a number with ms, s or m, such as "2s"',
      fix: "write the unit",
    }),
  ];
}
