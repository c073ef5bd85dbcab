import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a step of a build is lent. */
export interface Lent {
  /** Name below `LENT_FOLDER` → file of this machine. */
  readonly files: Readonly<Record<string, string>>;
  /** Set where the step does not set them itself. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Where it lies in a step: below /dev, which is memory, so that no trace of it stays in the layer. */
export const LENT_FOLDER = "/dev/slipway";

/** The part of a container's specification that matters here. */
export interface Specification {
  readonly process: { readonly env?: readonly string[] };
  readonly mounts?: readonly object[];
}

/** The specification with what is lent. */
export function lending<S extends Specification>(specification: S, { files, variables }: Lent): S {
  const { env = [] } = specification.process;
  const set = new Set(env.map((line) => line.split("=", 1)[0]));
  const added = Object.entries(variables).filter(([name]) => !set.has(name));
  const mounts = Object.entries(files).map(([name, source]) => ({
    destination: `${LENT_FOLDER}/${name}`,
    type: "bind",
    source,
    options: ["bind", "ro"],
  }));
  return {
    ...specification,
    process: { ...specification.process, env: [...env, ...added.map(([name, value]) => `${name}=${value}`)] },
    mounts: [...(specification.mounts ?? []), ...mounts],
  };
}

/** Called by the runtime's starter: what is lent, then the arguments of runc, one of which names the container's folder. */
if (import.meta.main) {
  const [, , lent = "", ...args] = process.argv;
  const file = join(args[args.indexOf("--bundle") + 1] ?? "", "config.json");
  const specification = JSON.parse(readFileSync(file, "utf8")) as Specification;
  writeFileSync(file, JSON.stringify(lending(specification, JSON.parse(readFileSync(lent, "utf8")) as Lent)));
}
