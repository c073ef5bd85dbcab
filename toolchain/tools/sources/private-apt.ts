import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheHome } from "../../machine/cache-folders.ts";

/** Options that keep apt's lists and cache in ours; sources and keys stay the machine's. */
export async function privateApt(): Promise<string[]> {
  const home = join(cacheHome(), "apt");
  await mkdir(join(home, "state", "lists", "partial"), { recursive: true });
  await mkdir(join(home, "cache", "archives", "partial"), { recursive: true });
  await writeFile(join(home, "state", "status"), "", { flag: "a" });
  const options = {
    "Dir::State": join(home, "state"),
    "Dir::State::status": join(home, "state", "status"),
    "Dir::Cache": join(home, "cache"),
    "Debug::NoLocking": "1",
    "APT::Sandbox::User": "",
  };
  return Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
}
