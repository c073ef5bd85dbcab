import { entries, get, type Node, textOf } from "../reading/node.ts";
import type { Problems } from "../reading/place.ts";
import { shownPath } from "../reading/shown-path.ts";
import { dirname } from "node:path";
import type { Environment } from "./interpolate.ts";
import { merged } from "./merge.ts";
import { readComposeFile } from "./read-file.ts";

interface Around {
  readonly path: string;
  readonly folder: string;
  readonly environment: Environment;
  readonly problems: Problems;
}

/** A file in which every service that extends another has what that one says. */
export function withExtended(root: Node, around: Around): Node {
  const services = get(root, "services");
  if (!(services?.value instanceof Map)) return root;
  const pairs = entries(services).map(([name]) => [name, extended(root, name, around, [])] as const);
  const whole = pairs.flatMap(([name, node]) => (node === undefined ? [] : [[name, node] as const]));
  const others = entries(root).filter(([key]) => key !== "services");
  return { ...root, value: new Map([...others, ["services", { ...services, value: new Map(whole) }]]) };
}

/** One service with what it extends; `open` are the services that are being put together around it. */
function extended(root: Node, name: string, around: Around, open: readonly string[]): Node | undefined {
  const service = get(root, "services", name);
  const base = get(service, "extends");
  if (service === undefined || base === undefined) return service;
  const own = `${shownPath(around.path)} ${name}`;
  if (open.includes(own)) {
    around.problems.add(
      base.at,
      `services extend each other in a circle: ${[...open.slice(open.indexOf(own)), own].join(" → ")}`,
    );
    return service;
  }
  const file = textOf(get(base, "file"));
  const other = textOf(get(base, "service")) ?? "";
  const there = file === undefined ? around : { ...around, path: file, folder: dirname(file) };
  const from =
    file === undefined ? root : readComposeFile(file, there.folder, around.environment, around.problems, base.at);
  if (from === undefined) return service;
  const found = extended(from, other, there, [...open, own]);
  if (found === undefined)
    around.problems.add(base.at, `"${name}" extends "${other}", which is no service of ${shownPath(there.path)}`);
  const bare = new Map(entries(service).filter(([key]) => key !== "extends"));
  const whole = merged(found, { ...service, value: bare });
  return whole && { ...whole, at: service.at };
}
