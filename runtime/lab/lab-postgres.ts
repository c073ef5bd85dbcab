import { execFileSync } from "node:child_process";
import { globSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type LabServer, launch, NotInstalled, which } from "./lab.ts";

/** The server refuses to be root, and whoever it is must have a name: in a namespace of its own it is somebody else who may do the same. */
const NOT_ROOT = ["unshare", "--user", "--map-user=65534", "--map-group=65534", "--"] as const;

/** What PostgreSQL answers while it starts. */
const STARTING = "57P03";
const ATTEMPTS = 100;
const PAUSE_MS = 100;

/** A PostgreSQL whose administrator is `postgres`. From SLIPWAY_POSTGRES, the PATH, or where Debian puts it. */
export async function startPostgres(password: string): Promise<LabServer> {
  const found =
    process.env["SLIPWAY_POSTGRES"] ?? which("postgres") ?? globSync("/usr/lib/postgresql/*/bin/postgres").at(-1);
  if (found === undefined)
    throw new NotInstalled("there is no postgres (`npm test` gets one; or set SLIPWAY_POSTGRES to its path)");
  const program = realpathSync(found); // the programs beside it are needed too
  // A server unpacked from its package instead of installed does not find its libraries by itself.
  const root = join(dirname(program), "../../../../..");
  const env = { LD_LIBRARY_PATH: globSync(join(root, "{usr/lib,lib}/*-linux-gnu")).join(":") };
  const command = (name: string, ...args: string[]): [program: string, ...args: string[]] => {
    const path = join(dirname(program), name);
    return process.getuid?.() === 0 ? [...NOT_ROOT, path, ...args] : [path, ...args];
  };
  const [first, ...rest] = command("postgres");
  const server = await launch(
    first,
    (folder, port) => {
      const data = join(folder, "data");
      const words = join(folder, "password");
      writeFileSync(words, password);
      const kind = [
        "--username=postgres",
        "--auth=scram-sha-256",
        `--pwfile=${words}`,
        "--encoding=UTF8",
        "--locale=C",
      ];
      const [initdb, ...args] = command("initdb", `--pgdata=${data}`, "--no-sync", ...kind);
      execFileSync(initdb, args, { stdio: "pipe", env: { ...process.env, ...env } });
      return [...rest, "-D", data, "-k", folder, "-h", "127.0.0.1", "-p", String(port), "-F"];
    },
    env,
    "SIGQUIT", // it ends at once and clears its shared memory
  );
  await letsIn(server.port, password);
  return server;
}

/** The port is open before the server lets anybody in. */
async function letsIn(port: number, password: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new Client({ host: "127.0.0.1", port, user: "postgres", password, database: "postgres" });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (attempt >= ATTEMPTS || (error as { code?: string }).code !== STARTING) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
