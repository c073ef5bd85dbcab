import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { projectFolder } from "./project/project-folder.ts";

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Stands for npm: notes that it was called, takes a while, or for as long as it is held, and leaves what `npm ci` leaves. */
const NPM = `#!/bin/sh
echo called >> calls
test -e refuse && { echo "npm error network unreachable" >&2; exit 1; }
rm -rf node_modules; mkdir -p node_modules/node-linux-${process.arch}/bin
sleep 0.5
while test -e hold; do sleep 0.1; done
ln -s ${process.execPath} node_modules/node-linux-${process.arch}/bin/node
cp package-lock.json node_modules/.package-lock.json
`;

describe("the slipway command", function () {
  this.timeout(20_000);
  let folder = "";
  const calls = () =>
    existsSync(join(folder, "calls"))
      ? readFileSync(join(folder, "calls"), "utf8").split("\n").filter(Boolean).length
      : 0;
  const start = (...args: string[]): { child: ChildProcess; ended: Promise<Ended> } => {
    const env = { ...process.env, PATH: `${folder}/bin:${process.env["PATH"]}`, XDG_CACHE_HOME: join(folder, "cache") };
    const child = spawn(process.execPath, [join(folder, "cli", "bin.mjs"), ...args], {
      cwd: folder,
      env,
      detached: true,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (text: Buffer) => (output += text.toString()));
    return { child, ended: new Promise((done) => child.on("close", (code) => done({ code, output }))) };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-bin-"));
    for (const name of ["cli", "bin"]) mkdirSync(join(folder, name));
    cpSync(join(projectFolder, "cli", "bin.mjs"), join(folder, "cli", "bin.mjs"));
    cpSync(join(projectFolder, "package.json"), join(folder, "package.json"));
    writeFileSync(join(folder, "package-lock.json"), '{"packages":{"":{},"node_modules/a":{"version":"1.0.0"}}}');
    writeFileSync(join(folder, "bin", "npm"), NPM);
    chmodSync(join(folder, "bin", "npm"), 0o755);
    writeFileSync(
      join(folder, "cli", "main.ts"),
      'const [code, ...rest]: string[] = process.argv.slice(2);\nif (code === "wait") { process.on("SIGTERM", () => process.exit(7)); setInterval(() => undefined, 1000); } else process.exitCode = Number(code);\nconsole.log(`got ${rest.join("|")}`);\n',
    );
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("installs what is missing once, and passes arguments and exit code on", async () => {
    const first = await start("3", "a b", "--c").ended;
    assert.equal(first.code, 3);
    assert.match(first.output, /Installing npm packages .*\nInstalled npm packages \(\d+ s\)\ngot a b\|--c/);
    assert.deepEqual(await start("0").ended, { code: 0, output: "got \n" });
    assert.equal(calls(), 1);
  });

  it("says which Node.js it starts with when this one is older than package.json promises", async () => {
    writeFileSync(join(folder, "package.json"), '{"engines":{"node":">=999"}}');
    const { code, output } = await start("0").ended;
    assert.equal(code, 1);
    assert.match(output, /this is Node\.js [\d.]+, and the command starts with 999 or later\nNext: /);
    assert.equal(calls(), 0);
  });

  it("installs again when the lock file changes, and not when somebody ran npm by hand", async () => {
    await start("0").ended;
    writeFileSync(join(folder, "package-lock.json"), '{"packages":{"":{},"node_modules/a":{"version":"2.0.0"}}}');
    await start("0").ended;
    assert.equal(calls(), 2);
    rmSync(join(folder, "node_modules", ".slipway-installed"));
    await start("0").ended;
    assert.equal(calls(), 2);
  });

  it("installs once when started twice at the same time", async () => {
    const results = await Promise.all([start("0").ended, start("0").ended]);
    assert.deepEqual(
      results.map(({ code }) => code),
      [0, 0],
    );
    assert.equal(calls(), 1);
  });

  it("starts over after it was killed in the middle", async () => {
    writeFileSync(join(folder, "hold"), "");
    const { child, ended } = start("0");
    while (calls() === 0) await sleep(20);
    process.kill(-(child.pid as number), "SIGKILL"); // the whole group, as a closed terminal does
    await ended;
    rmSync(join(folder, "hold"));
    assert.equal((await start("0").ended).code, 0);
    assert.equal(calls(), 2);
  });

  it("says what npm said and what to do when packages cannot be had", async () => {
    writeFileSync(join(folder, "refuse"), "");
    const { code, output } = await start("0").ended;
    assert.equal(code, 1);
    assert.match(
      output,
      /slipway: npm ci ended with 1:\nnpm error network unreachable\nNext: check the network and npm's registry setting/,
    );
  });

  it("passes a signal on and ends as the command ends", async () => {
    await start("0").ended;
    const { child, ended } = start("wait");
    await new Promise((printed) => child.stdout?.once("data", printed));
    child.kill("SIGTERM");
    assert.equal((await ended).code, 7);
  });
});
