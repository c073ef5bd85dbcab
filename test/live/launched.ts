import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processIds, readProc } from "../../toolchain/cluster/proc.ts";
import { copyProject } from "../project-copy.ts";

/** What one command answered. */
export interface Answer { readonly code: number; readonly output: string; readonly seconds: number }

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

  constructor(monitoring: "off" | "lab" = "off") {
    writeFileSync(join(this.folder, "Pulumi.dev.yaml"), `config:\n  slipway:cluster: ${CLUSTER.name}\n  slipway:monitoring: ${monitoring}\n`);
  }

  /** Makes the cluster with the tests' ports; `slipway up` finds it by its name. */
  async clusterUp(): Promise<Answer> {
    return this.slipway("cluster", "up", CLUSTER.name, "--api-port", String(CLUSTER.apiPort), "--http-port", String(CLUSTER.httpPort));
  }

  async slipway(...args: string[]): Promise<Answer> {
    return this.#run(process.execPath, ["cli/main.ts", ...args]);
  }

  /** Runs a command until it prints something, then kills it and every engine it started with -9, as a crash would. */
  async killedAt(line: RegExp, ...args: string[]): Promise<string> {
    const child = spawn(process.execPath, ["cli/main.ts", ...args], { cwd: this.folder, env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    await new Promise<void>((resolve) => {
      const read = (text: Buffer) => {
        output += text.toString();
        if (line.test(output)) resolve();
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.on("close", () => resolve());
    });
    child.kill("SIGKILL");
    for (const pid of processIds()) {
      const ours = readProc(pid, "comm")?.startsWith("pulumi") && readProc(pid, "environ")?.includes(this.#env.XDG_STATE_HOME);
      if (ours) process.kill(pid, "SIGKILL");
    }
    if (!line.test(output)) throw new Error(`${args.join(" ")} ended before it printed ${line}:\n${output}`);
    return output;
  }

  /** Plain `pulumi` in the shell that `slipway env` makes. */
  async pulumi(...args: string[]): Promise<Answer> {
    const settings = await this.slipway("env", "--json");
    const env = JSON.parse(settings.output.slice(settings.output.indexOf("{"))) as Record<string, string>;
    return this.#run("pulumi", args, { ...this.#env, ...env });
  }

  async kubectl(...args: string[]): Promise<string> {
    const kubeconfig = join(this.#env.XDG_STATE_HOME, "slipway", "clusters", CLUSTER.name, "kubeconfig");
    const { code, output } = await this.#run("kubectl", ["--kubeconfig", kubeconfig, "-n", "fishdelivery", ...args]);
    if (code !== 0) throw new Error(`kubectl ${args.join(" ")}: ${output}`);
    return output;
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

  async #run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = this.#env): Promise<Answer> {
    const began = Date.now();
    const child = spawn(command, args, { cwd: this.folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text.toString()));
    child.stderr.on("data", (text: Buffer) => (output += text.toString()));
    const code = await new Promise<number>((resolve, reject) => child.on("error", reject).on("close", (status) => resolve(status ?? 1)));
    return { code, output, seconds: (Date.now() - began) / 1000 };
  }
}
