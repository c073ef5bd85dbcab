import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "./free-port.ts";
import { LabProcess } from "./lab-process.ts";

/** A server of the tests: a process of its own on a free port of this machine, with its data in a temporary folder. */
export interface LabServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Why a server cannot be had here; tests that need it are skipped and say so. */
export class NotInstalled extends Error {}

const START_TIMEOUT_MS = 60_000;
const LAUNCHES = 3;

type Arguments = (folder: string, port: number) => string[] | Promise<string[]>;

/** A MariaDB without accounts: any user may do anything. From SLIPWAY_MARIADBD or the PATH. */
export async function startMariaDb(): Promise<LabServer> {
  const program = process.env["SLIPWAY_MARIADBD"] ?? which("mariadbd");
  if (program === undefined)
    throw new NotInstalled("there is no mariadbd (`npm test` gets one; or set SLIPWAY_MARIADBD to its path)");
  const root = join(dirname(program), "..");
  // A server unpacked from its package instead of installed finds neither its messages nor its libraries by itself.
  const messages = ["share/mysql", "../usr/share/mysql"].map((path) => join(root, path)).find(existsSync);
  const libraries = globSync(join(root, "lib/*-linux-gnu")).join(":");
  return launch(
    program,
    (folder, port) => [
      "--no-defaults",
      "--skip-grant-tables",
      `--datadir=${folder}`,
      `--socket=${folder}/socket`,
      `--pid-file=${folder}/pid`,
      "--bind-address=127.0.0.1",
      `--port=${port}`,
      "--innodb-flush-log-at-trx-commit=0",
      "--innodb-buffer-pool-size=32M",
      ...(messages ? [`--lc-messages-dir=${messages}`] : []),
      ...(process.getuid?.() === 0 ? ["--user=root"] : []),
    ],
    { LD_LIBRARY_PATH: libraries },
  );
}

/** A Kafka broker that is its own controller. From SLIPWAY_KAFKA_JARS or what the toolchain has fetched. */
export async function startKafka(): Promise<LabServer> {
  const java = which("java");
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const jars = process.env["SLIPWAY_KAFKA_JARS"] ?? globSync(join(cache, "slipway/tools/kafka/*/jars")).at(-1);
  if (java === undefined)
    throw new NotInstalled(
      "Kafka needs Java 17 or newer on the PATH (on Debian: apt-get install openjdk-17-jre-headless)",
    );
  if (jars === undefined)
    throw new NotInstalled(
      "there are no jars of Kafka (`npm test` gets them; or set SLIPWAY_KAFKA_JARS to their folder)",
    );
  return launch(
    java,
    async (folder, port) => {
      const controller = await freePort();
      const file = join(folder, "server.properties");
      writeFileSync(file, kafkaProperties(folder, port, controller));
      execFileSync(
        java,
        [
          "-cp",
          `${jars}/*`,
          "kafka.tools.StorageTool",
          "format",
          "--standalone",
          "-t",
          "MkU3OEVBNTcwNTJENDM2Qk",
          "-c",
          file,
        ],
        { stdio: "pipe" },
      ); // an older Java says so here
      return ["-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", `${jars}/*`, "kafka.Kafka", file];
    },
    {},
  );
}

/** A server that ended before it answered lost its port to somebody else, perhaps; one that takes too long is not waited for again. */
export async function launch(
  program: string,
  args: Arguments,
  env: Record<string, string>,
  signal: "SIGKILL" | "SIGQUIT" = "SIGKILL",
): Promise<LabServer> {
  for (let attempt = 1; ; attempt += 1) {
    const folder = mkdtempSync(join(tmpdir(), "slipway-lab-"));
    const port = await freePort();
    const server = new LabProcess(program, program, await args(folder, port), env);
    const stop = async () => {
      await server.kill(signal); // nothing in it is worth an orderly end
      rmSync(folder, { recursive: true, force: true });
    };
    try {
      await server.answers(() => answers(port), START_TIMEOUT_MS);
      return { port, stop };
    } catch (error) {
      const again = !server.runs && attempt < LAUNCHES;
      await stop();
      if (!again) throw error;
    }
  }
}

function kafkaProperties(folder: string, port: number, controller: number): string {
  return Object.entries({
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.quorum.bootstrap.servers": `127.0.0.1:${controller}`,
    "log.dirs": `${folder}/data`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${port}`,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    "auto.create.topics.enable": false,
    "offsets.topic.replication.factor": 1,
    "offsets.topic.num.partitions": 2,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "group.initial.rebalance.delay.ms": 0,
    "log.cleaner.dedupe.buffer.size": 4_194_304, // the default alone is 128 MiB of heap
  })
    .map(([key, value]) => `${key}=${String(value)}\n`)
    .join("");
}

/** Path of an installed program. */
export function which(program: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(":")
    .concat("/usr/sbin")
    .map((folder) => join(folder, program))
    .find(existsSync);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket
      .once("connect", () => {
        socket.destroy();
        resolve(true);
      })
      .once("error", () => resolve(false));
  });
}
