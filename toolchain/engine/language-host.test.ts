import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { inspectEntry } from "../tools/cache-entry.ts";
import { TOOLCHAIN_FOLDER } from "../machine/machine.ts";
import { quiet } from "../machine/progress.ts";
import { pulumiEnvironment } from "./pulumi-environment.ts";
import { entryFolder } from "../tools/resolve.ts";
import { toolSets } from "../tools/catalogue/tools.ts";
import { skip, skipInQuickGate } from "../../test/skip.ts";

const run = promisify(execFile);
const NEEDED = ["pulumi", "kubernetes", "pulumi-resource-kubernetes", "pulumi-resource-random"] as const;

describe("a TypeScript program, through the real engine", function () {
  this.timeout(120_000);
  const stateHome = process.env["XDG_STATE_HOME"];
  let folder = "";
  let env: NodeJS.ProcessEnv = {};
  const pulumi = async (...args: string[]) =>
    (await run("pulumi", [...args, "--non-interactive"], { cwd: folder, env })).stdout;
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);

  before(async function () {
    skipInQuickGate(this, "the engine");
    for (const name of NEEDED) {
      if ((await inspectEntry(entryFolder(name, toolSets[name]))).state === "good") continue;
      return skip(this, `${name} is not in the cache; npx slipway start brings it`);
    }
    folder = mkdtempSync(join(tmpdir(), "slipway-program-"));
    process.env["XDG_STATE_HOME"] = join(folder, "state");
    env = { ...process.env, ...(await pulumiEnvironment(quiet)) };
    mkdirSync(join(folder, "pack"));
    write("Pulumi.yaml", "name: program\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n");
    for (const path of [".", "pack"])
      write(`${path}/package.json`, '{"name":"program","version":"0.0.1","type":"module","main":"index.mjs"}');
    write("pack/PulumiPolicy.yaml", "runtime: nodejs\n");
    write("pack/index.mjs", 'import "./pack.ts";');
    write("pack/pack.ts", PACK);
    symlinkSync(join(TOOLCHAIN_FOLDER, "..", "node_modules"), join(folder, "node_modules"));
    await pulumi("stack", "init", "test");
    await pulumi("config", "set", "greeting", "hello");
    await pulumi("config", "set", "--secret", "word", "hidden");
  });
  after(() => {
    if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = stateHome;
    if (folder) rmSync(folder, { recursive: true });
  });

  it("gets its settings, keeps secret ones secret, and is judged by a policy pack in TypeScript", async () => {
    write(
      "index.ts",
      `import { Config } from "@pulumi/pulumi";
      import { RandomPet } from "@pulumi/random";
      const config: Config = new Config();
      new RandomPet("judged");
      export const text: string = config.require("greeting");
      export const secret = config.requireSecret("word");`,
    );
    const output = await pulumi("preview", "--policy-pack", "pack");
    assert.match(output, /\[advisory\] {2}judge .*\n.*judged: judged by the pack/s);
    assert.match(output, /text {2}: "hello"/);
    assert.ok(!output.includes("hidden"));
  });

  it("that throws fails the command, and says where", async () => {
    write("index.ts", 'throw new Error("out of fish");');
    await assert.rejects(pulumi("preview"), ({ stdout }: { stdout: string }) =>
      /Error: out of fish\s+at .*index\.ts:1/.test(stdout),
    );
  });

  it("ends when the command is interrupted", async () => {
    write(
      "index.ts",
      `import { writeFileSync } from "node:fs"; writeFileSync("pid", String(process.pid)); await new Promise((done) => setTimeout(done, 60_000));`,
    );
    const command = spawn("pulumi", ["preview", "--non-interactive"], { cwd: folder, env, stdio: "ignore" });
    const ended = new Promise((done) => command.on("close", done));
    while (!existsSync(join(folder, "pid"))) await sleep(50);
    command.kill("SIGINT");
    await sleep(500);
    command.kill("SIGINT"); // the second one means at once
    await ended;
    const pid = readFileSync(join(folder, "pid"), "utf8");
    for (let wait = 0; existsSync(`/proc/${pid}`) && wait < 50; wait++) await sleep(100);
    assert.ok(!existsSync(`/proc/${pid}`));
  });
});

const PACK = `import { PolicyPack } from "@pulumi/policy";
new PolicyPack("pack", { policies: [{
  name: "judge", description: "judges", enforcementLevel: "advisory",
  validateResource: ({ name }: { readonly name: string }, report) => { if (name === "judged") report(\`\${name}: judged by the pack\`); },
}] });
`;
