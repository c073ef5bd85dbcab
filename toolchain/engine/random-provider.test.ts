import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

interface StateResource {
  readonly type: string;
  readonly id?: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
}
interface Change {
  readonly op: string;
}

describe("random values, through the real engine", function () {
  this.timeout(120_000);
  const stateHome = process.env["XDG_STATE_HOME"];
  let folder = "";
  let env: NodeJS.ProcessEnv = {};
  const pulumi = async (...args: string[]) =>
    (await run("pulumi", [...args, "--non-interactive"], { cwd: folder, env, maxBuffer: 2 ** 26 })).stdout;
  const program = (...lines: string[]) =>
    writeFileSync(join(folder, "index.ts"), ['import * as random from "@pulumi/random";', ...lines].join("\n"));
  const changes = async () =>
    (JSON.parse(await pulumi("preview", "--json")) as { steps: Change[] }).steps
      .map(({ op }) => op)
      .filter((op) => op !== "same");
  const stateOf = async (type: string, ...flags: string[]) => {
    const { deployment } = JSON.parse(await pulumi("stack", "export", ...flags)) as {
      deployment: { resources: StateResource[] };
    };
    return (
      deployment.resources.find((resource) => resource.type.endsWith(`:${type}`)) ??
      assert.fail(`no ${type} in the state`)
    );
  };

  before(async function () {
    skipInQuickGate(this, "the engine");
    for (const name of NEEDED) {
      if ((await inspectEntry(entryFolder(name, toolSets[name]))).state === "good") continue;
      return skip(this, `${name} is not in the cache; npx slipway start brings it`);
    }
    folder = mkdtempSync(join(tmpdir(), "slipway-random-"));
    process.env["XDG_STATE_HOME"] = join(folder, "state");
    env = { ...process.env, ...(await pulumiEnvironment(quiet)) };
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      "name: random\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n",
    );
    writeFileSync(join(folder, "package.json"), '{"name":"random","type":"module"}');
    symlinkSync(join(TOOLCHAIN_FOLDER, "..", "node_modules"), join(folder, "node_modules"));
    await pulumi("stack", "init", "test");
    program(PASSWORD, OTHERS);
    await pulumi("up", "--yes", "--skip-preview");
  });
  after(() => {
    if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = stateHome;
    if (folder) rmSync(folder, { recursive: true });
  });

  it("have the characters asked for, and a bcrypt hash", async () => {
    const { id, outputs = {} } = await stateOf("RandomPassword", "--show-secrets");
    const [result, hash] = ["result", "bcryptHash"].map(
      (key) => JSON.parse((outputs[key] as { plaintext: string }).plaintext) as string,
    );
    assert.equal(id, "none");
    assert.match(result ?? "", /^(?=(.*[_-]){3})[A-Za-z0-9_-]{20}$/);
    assert.match(hash ?? "", /^\$2a\$10\$.{53}$/);
  });

  it("record what the official provider records, so that it may take over", async () => {
    const { outputs = {} } = await stateOf("RandomPassword");
    const { result: _result, bcryptHash: _hash, ...rest } = outputs;
    assert.deepEqual(rest, {
      __meta: '{"schema_version":"3"}',
      id: "none",
      length: 20,
      lower: true,
      minLower: 0,
      minNumeric: 0,
      minSpecial: 3,
      minUpper: 0,
      number: true,
      numeric: true,
      overrideSpecial: "_-",
      special: true,
      upper: true,
    });
    const identifier = await stateOf("RandomId");
    assert.equal(identifier.outputs?.["b64Url"], `p-${identifier.id}`);
    assert.equal((await stateOf("RandomInteger")).outputs?.["result"], Number((await stateOf("RandomInteger")).id));
  });

  it("are encrypted where they are secret", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" }; // how the engine marks one
    for (const [type, keys] of [
      ["RandomPassword", ["result", "bcryptHash"]],
      ["RandomBytes", ["base64", "hex"]],
    ] as const) {
      const { outputs = {} } = await stateOf(type);
      for (const key of keys) assert.partialDeepStrictEqual(outputs[key], secret);
    }
  });

  it("stay as they are until an input changes, and are then replaced", async () => {
    assert.deepEqual(await changes(), []);
    program(PASSWORD.replace("20", "24"), OTHERS.replace('a: "1"', 'a: "2"'));
    assert.deepEqual(await changes(), ["replace", "replace"]);
  });

  it("are refused with the reason when their inputs cannot be", async () => {
    program("new random.RandomPassword('bad', { length: 3, minLower: 4 });");
    await assert.rejects(pulumi("preview"), ({ stdout }: { stdout: string }) =>
      /length must be at least the sum of the minimums \(4\), found 3/.test(stdout),
    );
  });
});

const PASSWORD = "new random.RandomPassword('password', { length: 20, minSpecial: 3, overrideSpecial: '_-' });";
const OTHERS = `
  new random.RandomString("string", { length: 8, upper: false, special: false });
  new random.RandomId("id", { byteLength: 4, prefix: "p-" });
  new random.RandomUuid("uuid");
  new random.RandomPet("pet", { keepers: { a: "1" } });
  new random.RandomInteger("integer", { min: 3, max: 9, seed: "x" });
  new random.RandomBytes("bytes", { length: 6 });
`;
