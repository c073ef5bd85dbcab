import { inspectEntry } from "./cache-entry.ts";
import { findInstalled } from "./installed.ts";
import { findProgram } from "../machine/machine.ts";
import type { Recipe, ToolSet } from "./catalogue/recipe.ts";
import { entryFolder } from "./resolve.ts";
import { runProgram } from "../machine/run-program.ts";

/** Where a tool set is, or how it will be got. */
export interface Availability {
  readonly name: string;
  readonly version: string;
  readonly purpose: string;
  readonly state: "in cache" | "installed" | "to download" | "to build" | "cannot be had";
  /** A path, a host, or what is missing. */
  readonly where: string;
  /** Minutes until it can be used. */
  readonly minutes: number;
}

/** Asks whether an address answers at all; any answer will do. */
export type Probe = (url: string) => Promise<boolean>;

/** A publisher that does not answer within this is taken as unreachable. */
const PROBE_TIMEOUT_MS = 3_000;
/** Minutes of downloading and unpacking instead of building. */
const DOWNLOAD_MINUTES = 0.5;

/** Says for each set where it is or how it would be got; changes nothing. */
export async function availability(
  sets: Readonly<Record<string, ToolSet>>,
  thorough = false,
  probe: Probe = cachedProbe(),
): Promise<Availability[]> {
  return await Promise.all(Object.entries(sets).map(([name, set]) => availabilityOf(name, set, thorough, probe, sets)));
}

async function availabilityOf(
  name: string,
  set: ToolSet,
  thorough: boolean,
  probe: Probe,
  sets: Readonly<Record<string, ToolSet>>,
): Promise<Availability> {
  const found = { name, version: set.version, purpose: set.purpose, minutes: 0 };
  const folder = entryFolder(name, set);
  const { state, origin } = await inspectEntry(folder, thorough);
  if (state === "good") return { ...found, version: origin?.version ?? set.version, state: "in cache", where: folder };
  const installed = await findInstalled(set);
  if (installed)
    return { ...found, version: installed.version, state: "installed", where: Object.values(installed.paths)[0] ?? "" };
  const url = set.download?.files[0]?.url;
  if (url !== undefined && (await probe(new URL(url).origin)))
    return {
      ...found,
      state: "to download",
      where: new URL(url).host,
      minutes: Math.min(DOWNLOAD_MINUTES, set.minutes),
    };
  const missing = (await Promise.all(set.build.map((recipe) => missingFor(recipe, probe, sets)))).find(
    (reason) => reason !== undefined,
  );
  if (missing !== undefined) return { ...found, state: "cannot be had", where: missing, minutes: set.minutes };
  return {
    ...found,
    state: "to build",
    where: [...new Set(set.build.map(registryOf))].join(", "),
    minutes: set.minutes,
  };
}

function registryOf({ kind }: Recipe): string {
  return {
    go: "Go modules",
    "go-files": "Go modules",
    debian: "Debian packages",
    maven: "Maven",
    wheel: "Python packages",
  }[kind];
}

/** What a recipe needs and the machine does not have. */
async function missingFor(
  recipe: Recipe,
  probe: Probe,
  sets: Readonly<Record<string, ToolSet>>,
): Promise<string | undefined> {
  switch (recipe.kind) {
    case "debian":
      return findProgram("apt-get") && findProgram("dpkg-deb")
        ? undefined
        : "no apt-get: install it with this system's package manager";
    case "maven":
      return findProgram("mvn") ? undefined : "no mvn: install Maven";
    case "wheel":
      return findProgram("python3") ? undefined : "no python3: install it";
    case "go":
    case "go-files":
      return await missingForGo(probe, sets);
  }
}

async function missingForGo(probe: Probe, sets: Readonly<Record<string, ToolSet>>): Promise<string | undefined> {
  const compiler = sets["go"];
  if (compiler === undefined) return "no Go compiler in the table";
  const go = await availabilityOf("go", compiler, false, probe, sets);
  if (go.state === "cannot be had") return `no Go compiler (${go.where})`;
  const proxy = await moduleProxy();
  return proxy === undefined || (await probe(proxy))
    ? undefined
    : `${new URL(proxy).host} does not answer: check the network and GOPROXY`;
}

/** The first module proxy of this machine; undefined when modules come from somewhere else. */
async function moduleProxy(): Promise<string | undefined> {
  const own =
    process.env["GOPROXY"] ?? (findProgram("go") ? await runProgram("go", ["env", "GOPROXY"]).catch(() => "") : "");
  return own.split(/[,|]/).find((part) => part.startsWith("http"));
}

function cachedProbe(): Probe {
  const asked = new Map<string, Promise<boolean>>();
  return async (url) => {
    const answer =
      asked.get(url) ??
      fetch(url, { method: "HEAD", signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
        () => true,
        () => false,
      );
    asked.set(url, answer);
    return await answer;
  };
}
