import { relative } from "node:path";
import { staysInside } from "../../../model/check/spellings.ts";
import type { Source } from "../../../model/words/source.ts";
import type { Look, Looks } from "../look.ts";
import type { Program, Sizes } from "../program.ts";
import { entries, get, type Node, textOf, textsOf } from "../reading/node.ts";
import type { Note, Problems } from "../reading/place.ts";
import { secondsOf, sizeOf, stopsWithin } from "../reading/sizes.ts";
import { spokenOf } from "../edges/spoken-of.ts";
import { type ComposeHealth, healthAt, healthOf, withHealthPort } from "./health.ts";
import { secretFiles } from "./laid.ts";
import { commandText } from "../reading/command-text.ts";
import { runOf } from "./run.ts";
import type { Environment } from "./interpolate.ts";
import { leftOut } from "./left-out.ts";
import { portsOf } from "./ports.ts";
import { variablesOf } from "./variables.ts";
import { mountedBy } from "./volumes.ts";

/** What is the same for every service of a project. */
export interface Around {
  readonly root: Node | undefined;
  readonly environment: Environment;
  /** Folder of the description. */
  readonly description: string;
  readonly looks: Looks;
  readonly problems: Problems;
  /** Services that others wait for to end. */
  readonly ending: ReadonlySet<string>;
}

/** One service of Compose as a program. */
export function programOf(name: string, service: Node, around: Around): Program {
  const built = programSource(name, service, around);
  const { source, base, look } = built;
  const names = namesOf(name, service);
  const opened = portsOf(service);
  const health = healthOf(service, [name, ...names]);
  const mounted = mountedBy(service, around.description);
  const command = runOf(service, look);
  return {
    name,
    at: service.at,
    aliases: names,
    links: linksOf(service),
    job: around.ending.has(name),
    source,
    base,
    ...command,
    ports: withHealthPort(opened.ports, health),
    variables: variablesOf(service, around.environment, around.problems),
    written: [...commandText(command.run, service.at), ...mounted.written],
    ...(health.health !== undefined && { health: healthAt(health, opened.ports) }),
    sizes: sizesOf(service, health, mounted.writes),
    ...(mounted.folder !== undefined && { folder: mounted.folder }),
    files: [...mounted.files, ...secretFiles(service, around.root)],
    published: opened.published,
    onHost: textOf(get(service, "network_mode")) === "host",
    waitsFor: entries(get(service, "depends_on")).map(([other, node]) => ({ name: other, at: node.at })),
    beside: [],
    ...sourcesSeen(look, around.looks),
    notes: [built, opened, health, mounted, { notes: leftOut(service) }].flatMap((one) => one.notes),
  };
}

/** What a look gave, and a way to ask its sources. */
function sourcesSeen(look: Look | undefined, looks: Looks): Pick<Program, "look" | "speaksOf"> {
  if (look === undefined || !("found" in look)) return {};
  const speaksOf = spokenOf(looks.filesIn(look.sources));
  return { look: look.found, ...(speaksOf !== undefined && look.sources !== "" && { speaksOf }) };
}

function programSource(
  name: string,
  service: Node,
  around: Around,
): { source: Source; base: string; look?: Look; notes: Note[] } {
  const build = get(service, "build");
  const image = get(service, "image");
  if (build !== undefined && build.value !== null) return builtFrom(name, build, around);
  const text = textOf(image) ?? "";
  if (image?.unset !== undefined) {
    const names = image.unset.map((one) => `"${one}"`).join(", ");
    around.problems.add(
      image.at,
      `the image of "${name}" is named by ${names}, which nobody sets: write it into .env, or name a file with --env-file`,
    );
  } else if (text === "")
    around.problems.add(
      image?.at ?? service.at,
      `"${name}" has neither an image nor a build: nothing says what it runs`,
    );
  return { source: { image: text }, base: text, notes: [] };
}

function builtFrom(
  name: string,
  build: Node,
  around: Around,
): { source: Source; base: string; look: Look; notes: Note[] } {
  const context = textOf(get(build, "context")) ?? ".";
  const [dockerfile, target] = ["dockerfile", "target"].map((key) => textOf(get(build, key)));
  const args = Object.fromEntries(entries(get(build, "args")).flatMap(([key, node]) => argument(key, node, around)));
  const unset = [get(build, "context"), get(build, "dockerfile")].flatMap((node) => node?.unset ?? []);
  if (unset.length > 0)
    around.problems.add(
      build.at,
      `the build of "${name}" is named by ${unset.map((one) => `"${one}"`).join(", ")}, which nobody sets: write it into .env`,
    );
  const folder = relative(around.description, context) || ".";
  const isNear = staysInside(folder);
  if (!isNear && !/^[a-z][a-z0-9+.-]*:\/\//i.test(context))
    around.problems.add(
      build.at,
      `"${name}" is built from ${context}, outside the folder of the description: write the description above it, with --into`,
    );
  const more = { ...(dockerfile !== undefined && { dockerfile }), ...(target !== undefined && { target }) };
  const given = Object.keys(args).length > 0 ? { args } : {};
  const source = { build: folder, ...more, ...given };
  const look = around.looks.at({ context, ...more, ...given }, source);
  const notes = "fault" in look ? [{ at: build.at, text: `its build could not be looked at: ${look.fault}` }] : [];
  const inline = get(build, "dockerfile_inline");
  if (inline !== undefined)
    notes.push({ at: inline.at, text: "dockerfile_inline is not carried over: write it into a Dockerfile" });
  return { source, base: "said" in look ? look.said.base : "", look, notes };
}

/** An argument without a value comes from whoever builds; nobody else knows it. */
function argument(key: string, node: Node, { environment }: Around): [string, string][] {
  const text = node.value === null ? environment.get(key) : textOf(node);
  return text === undefined ? [] : [[key, text]];
}

/** Every name by which others in the networks may ask for it. */
function namesOf(name: string, service: Node): string[] {
  const networks = entries(get(service, "networks")).flatMap(([, node]) => textsOf(get(node, "aliases")));
  const own = ["container_name", "hostname"].flatMap((key) => textOf(get(service, key)) ?? []);
  return [...new Set([...own, ...networks])].filter((other) => other !== name);
}

function linksOf(service: Node): ReadonlyMap<string, string> {
  return new Map(
    textsOf(get(service, "links")).map((text) => {
      const [target = "", alias = target] = text.split(":");
      return [alias, target] as const;
    }),
  );
}

function sizesOf(service: Node, health: ComposeHealth, writes: readonly string[]): Sizes {
  const limits = get(service, "deploy", "resources", "limits");
  const memory = sizeOf(textOf(get(limits, "memory") ?? get(service, "mem_limit")));
  const cpu = textOf(get(limits, "cpus") ?? get(service, "cpus"));
  const stops = secondsOf(textOf(get(service, "stop_grace_period")));
  const user = /^([1-9]\d*)(:|$)/.exec(textOf(get(service, "user")) ?? "")?.[1];
  return {
    ...(cpu !== undefined && /^\d+(\.\d+)?$/.test(cpu) && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(health.startsWithin !== undefined && { startsWithin: health.startsWithin }),
    ...stopsWithin(stops),
    ...(user !== undefined && { user: Number(user) }),
    ...(writes.length > 0 && { writes }),
  };
}
