import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";
import type { Source } from "../../words/source.ts";
import { at, type Path, servicesOf, unless } from "../place.ts";
import { isRelative, staysInside } from "../spellings.ts";

/** A reference as registries and kubelets read it: host and port, path in lower case, tag, digest. */
const IMAGE =
  /^([a-zA-Z0-9][a-zA-Z0-9.-]*(:\d+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

/** One program of a part, and where its source is written. */
export interface WrittenSource {
  readonly path: Path;
  readonly source: Source;
}

/** The sources of a part: its own, that of its migration, and those beside it. */
export function sourcesOf(system: System, name: string, { from, migration, beside = {} }: AnyPart): WrittenSource[] {
  const place = (field: string) => (end: string) => at(system, name, `${field}${end}`);
  const image = migration && "run" in migration ? migration.image : undefined;
  return [
    ...(from === undefined ? [] : [{ path: place("from"), source: from }]),
    ...(image === undefined ? [] : [{ path: place("migration.image"), source: image }]),
    ...Object.entries(beside).map(([program, { from: source }]) => ({ path: place(`beside.${program}.from`), source })),
  ];
}

/** Programs that cannot be found, and commands without a word. */
export function checkSources(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => [
    ...sourcesOf(system, name, part).flatMap(({ path, source }) => checkSource(path, source)),
    ...empty(at(system, name, "run"), part.run),
    ...Object.entries(part.outside ?? {}).flatMap(([third, { onDev }]) => {
      const path = (end: string) => at(system, name, `outside.${third}.onDev${end}`);
      return onDev === undefined
        ? []
        : [...checkSource((end) => path(`.from${end}`), onDev.from), ...empty(path(".run"), onDev.run)];
    }),
    ...Object.entries(part.beside ?? {}).flatMap(([program, { run }]) =>
      empty(at(system, name, `beside.${program}.run`), run),
    ),
  ]);
}

function checkSource(path: Path, source: Source): Fault[] {
  if ("image" in source) return image(path(".image"), source.image);
  if ("kit" in source) return inside(path(".kit"), source.kit, "the description");
  if ("make" in source) return made(path, source);
  const { build, dockerfile = "Dockerfile" } = source;
  return [...beside(path(".build"), build), ...inside(path(".dockerfile"), dockerfile, "the folder that is built")];
}

function image(path: string, reference: string): Fault[] {
  return unless(IMAGE.test(reference), {
    kind: "image-reference",
    path,
    found: `"${reference}"`,
    allowed: "an image such as registry.example.com/team/orders:1.4, in lower case",
    fix: IMAGE.test(reference.replace(/^[a-z]+:\/\//, "").toLowerCase())
      ? `write "${reference.replace(/^[a-z]+:\/\//, "").toLowerCase()}"`
      : "write registry, name and tag or digest",
  });
}

function inside(path: string, written: string, folder: string): Fault[] {
  return unless(staysInside(written), {
    kind: "source-path",
    path,
    found: `"${written}"`,
    allowed: `a path relative to ${folder}, and inside it`,
    fix: "move the files below it, or name an image",
  });
}

/** Programs may lie beside the description, as those do that were there before it. */
function beside(path: string, written: string): Fault[] {
  return unless(isRelative(written), {
    kind: "source-path",
    path,
    found: `"${written}"`,
    allowed: 'a path relative to the description, such as "orders" or "../orders"',
    fix: "write the way from the description's folder, or name an image",
  });
}

function made(path: Path, { make, watches }: Extract<Source, { readonly make: string }>): Fault[] {
  return [
    ...unless(/\{(reference|archive)\}/.test(make), {
      kind: "make-reference",
      path: path(".make"),
      found: `"${make}"`,
      allowed: "a command with {reference} where the image is to be pushed to, or {archive} where it is to be written",
      fix: 'write one where the tool takes it, such as "-Dimage={reference}"',
    }),
    ...unless(watches.length > 0, {
      kind: "make-watches",
      path: path(".watches"),
      found: "nothing: a change would never be built",
      allowed: "one glob or more",
      fix: 'name the sources, such as ["src/**"]',
    }),
    ...watches.flatMap((glob) => beside(path(".watches"), glob)),
  ];
}

function empty(path: string, run: readonly string[] | undefined): Fault[] {
  return unless(run === undefined || (run[0] ?? "").trim() !== "", {
    kind: "run-empty",
    path,
    found: "no command",
    allowed: "a program of the image and its arguments",
    fix: "remove `run` for the image's own program, or name another",
  });
}
