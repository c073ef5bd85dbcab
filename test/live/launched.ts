import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processIds, readProc } from "../../toolchain/machine/proc.ts";
import { copyProject } from "../project-copy.ts";

/** What one command answered. */
export interface Answer {
  readonly code: number;
  readonly output: string;
  readonly seconds: number;
}

/** A password in an address. */
const PASSWORD = /:\/\/([^:@/\s]*):[^@\s]*@/g;

/** Names and ports of the tests' own cluster: it stands beside a dev cluster that may be running. */
const CLUSTER = { name: "launch-test", apiPort: 17443, httpPort: 18080 };

/**
 * A copy of the project with state of its own, as a new user would have it after a clone. Tests may edit it, and what
 * they start is gone after `remove`.
 */
export class Launched {
  readonly folder = copyProject("launch");
  readonly entry = `http://127.0.0.1:${CLUSTER.httpPort}`;
  readonly cluster = CLUSTER.name;
  readonly #env = { ...process.env, XDG_STATE_HOME: join(this.folder, ".slipway", "state"), NO_COLOR: "1" };

  /** The system whose namespace is asked; of several that run, set by who asks. */
  system: string;

  constructor(monitoring: "off" | "lab" = "off", system = "fishdelivery") {
    this.system = system;
    writeFileSync(
      join(this.folder, "Pulumi.dev.yaml"),
      `config:\n  slipway:system: ${system}\n  slipway:cluster: ${CLUSTER.name}\n  slipway:monitoring: ${monitoring}\n`,
    );
  }

  /** Makes the cluster with the tests' ports; `slipway up` finds it by its name. */
  async clusterUp(): Promise<Answer> {
    return this.slipway(
      "cluster",
      "up",
      CLUSTER.name,
      "--api-port",
      String(CLUSTER.apiPort),
      "--http-port",
      String(CLUSTER.httpPort),
    );
  }

  async slipway(...args: string[]): Promise<Answer> {
    return this.#run(process.execPath, ["cli/main.ts", ...args]);
  }

  /** Runs a command until it prints something, then kills it and every engine it started with -9, as a crash would. */
  async killedAt(line: RegExp, ...args: string[]): Promise<string> {
    const { pid, output } = await this.#untilPrinted(line, args);
    process.kill(pid, "SIGKILL");
    for (const engine of processIds()) {
      const ours =
        readProc(engine, "comm")?.startsWith("pulumi") &&
        readProc(engine, "environ")?.includes(this.#env.XDG_STATE_HOME);
      if (ours) process.kill(engine, "SIGKILL");
    }
    return output();
  }

  /** Runs a command until it prints something, then presses Ctrl-C, and waits for its end. */
  async interruptedAt(line: RegExp, ...args: string[]): Promise<Answer> {
    const began = Date.now();
    const { pid, output, ended } = await this.#untilPrinted(line, args);
    process.kill(-pid, "SIGINT"); // a terminal tells the whole group
    return { code: await ended, output: output(), seconds: (Date.now() - began) / 1000 };
  }

  async #untilPrinted(
    line: RegExp,
    args: readonly string[],
  ): Promise<{ pid: number; output: () => string; ended: Promise<number> }> {
    const child = spawn(process.execPath, ["cli/main.ts", ...args], {
      cwd: this.folder,
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let output = "";
    const ended = new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? 1)));
    const printed = new Promise<void>((resolve) => {
      const read = (text: Buffer) => {
        output += text.toString();
        if (line.test(output)) resolve();
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
    });
    await Promise.race([printed, ended]);
    if (!line.test(output) || child.pid === undefined)
      throw new Error(`${args.join(" ")} ended before it printed ${line}:\n${output}`);
    return { pid: child.pid, output: () => output, ended };
  }

  /** Plain `pulumi` in the shell that `slipway env` makes. */
  async pulumi(...args: string[]): Promise<Answer> {
    return this.#run("pulumi", args, { ...this.#env, ...(await this.shell()) });
  }

  /** What the shell gets that `slipway env` makes. */
  async shell(): Promise<Record<string, string>> {
    const { output } = await this.slipway("env", "--json");
    return JSON.parse(output.slice(output.indexOf("{"))) as Record<string, string>;
  }

  async kubectl(...args: string[]): Promise<string> {
    const kubeconfig = join(this.#env.XDG_STATE_HOME, "slipway", "clusters", CLUSTER.name, "kubeconfig");
    const line = ["--kubeconfig", kubeconfig, "-n", this.system, ...args];
    const { code, output, printed } = await this.#run("kubectl", line);
    if (code !== 0) throw new Error(`kubectl ${args.join(" ")}: ${output}`.replaceAll(PASSWORD, "://$1:…@"));
    return printed;
  }

  /** Replaces the first match in a file of the copy; a test that changes nothing would prove nothing. */
  edit(file: string, from: string | RegExp, to: string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, "utf8");
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} holds no ${from}`);
    writeFileSync(path, after);
  }

  async remove(): Promise<void> {
    await this.slipway("cluster", "down", CLUSTER.name, "--purge");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** `printed` is what the command itself says: kubectl tells of its connection beside that, whenever it likes. */
  async #run(
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = this.#env,
  ): Promise<Answer & { readonly printed: string }> {
    const began = Date.now();
    const child = spawn(command, args, { cwd: this.folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let [output, printed] = ["", ""];
    child.stdout.on("data", (text: Buffer) => {
      output += text.toString();
      printed += text.toString();
    });
    child.stderr.on("data", (text: Buffer) => (output += text.toString()));
    const code = await new Promise<number>((resolve, reject) =>
      child.on("error", reject).on("close", (status) => resolve(status ?? 1)),
    );
    return { code, output, printed, seconds: (Date.now() - began) / 1000 };
  }
}
