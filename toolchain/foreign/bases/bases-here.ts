import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheHome } from "../../machine/cache-folders.ts";
import { ARCHITECTURE } from "../../machine/machine.ts";
import type { Availability } from "../../tools/availability.ts";
import type { Sources } from "./answer.ts";
import { layoutDigest } from "./layout-of.ts";
import { localBaseHash } from "./make-base.ts";
import type { LocalBase } from "./local-bases.ts";

/** Minutes that a base takes to make. */
const MINUTES = 1;

/** What base images of others' Dockerfiles are answered with on this machine: lines of its table, Docker Hub where it answers, else what is made here. Changes nothing. */
export async function basesHere({ table, local, answers }: Sources): Promise<Availability[]> {
  const mapped = Object.entries(table).map(([name, source]) => tableRow(name, source));
  if (await answers("docker.io"))
    return [...mapped, row("docker.io/", { version: "-", state: "to download", where: "docker.io itself" })];
  return [...mapped, ...local.map(madeRow)];
}

function tableRow(name: string, source: string): Availability {
  const folder = /^oci-layout:(.*)$/.exec(source)?.[1];
  if (folder === undefined) return row(name, { version: "-", state: "to download", where: source });
  try {
    return row(name, { version: layoutDigest(folder).slice(7, 19), state: "in cache", where: folder });
  } catch (error) {
    return row(name, {
      version: "-",
      state: "cannot be had",
      where: (error as Error).message.split(".\nNext", 1)[0] ?? "",
    });
  }
}

function madeRow(base: LocalBase): Availability {
  const made = existsSync(join(cacheHome(), "images/bases", `${base.family}-${ARCHITECTURE}`, localBaseHash(base)));
  const state = made ? "in cache" : "to build";
  return {
    ...row(`docker.io/library/${base.family}`, { version: base.tags.join(" "), state, where: base.inside }),
    minutes: made ? 0 : MINUTES,
  };
}

function row(name: string, { version, state, where }: Pick<Availability, "version" | "state" | "where">): Availability {
  return { name, version, purpose: "base image of Dockerfiles of others", state, where, minutes: 0 };
}
