import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { skipInQuickGate } from "../test/skip.ts";
import { SHIPPED } from "../toolchain/roots/shipped.ts";
import { DOORS } from "./doors.ts";
import { pack } from "./pack.ts";

const MOST_PACKED = 12 * 2 ** 20;
const MOST_INSTALLED = 15 * 2 ** 20;
/** Names of packages in imports of compiled code. */
const PACKAGES = /(?:^import [^"\n]*?|^\} from |import\()"((?:@[^/"]+\/)?(?!node:)[a-z][^/".]+)/gm;
/** Peers that are far too large for who only checks manifests. */
const LARGE = ["@pulumi", "@grafana", "esbuild", "typescript", "mysql2"];

describe("the package, in a folder outside this repository", function () {
  this.timeout(300_000);
  let folder = "";
  let bin = "";
  let tarball = "";
  const env = () => ({
    ...process.env,
    PATH: [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter),
    npm_config_cache: join(folder, "cache"),
    NO_COLOR: "1",
  });
  const slipway = (args: readonly string[], cwd = folder) => {
    const { status, stdout, stderr } = spawnSync(bin, [...args], { cwd, encoding: "utf8", env: env() });
    return { status, stdout, stderr };
  };
  const node = (text: string) =>
    spawnSync(process.execPath, ["--input-type=module", "-e", text], { cwd: folder, encoding: "utf8", env: env() });

  before(async function () {
    skipInQuickGate(this, "a compiler and an npm registry");
    tarball = await pack();
    folder = mkdtempSync(join(tmpdir(), "slipway-package-"));
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
    execFileSync("npm", ["install", "--no-audit", "--no-fund", tarball], { cwd: folder, env: env(), stdio: "pipe" });
    bin = join(folder, "node_modules/.bin/slipway");
    cpSync(join(SHIPPED, "test/package"), join(folder, "theirs"), { recursive: true });
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it("is small, packed and installed, and brings no SDK that nobody asked for", () => {
    assert.ok(statSync(tarball).size < MOST_PACKED);
    const modules = join(folder, "node_modules");
    const bytes = readdirSync(modules, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
    assert.ok(bytes.reduce((sum, size) => sum + size, 0) < MOST_INSTALLED);
    assert.deepEqual(
      LARGE.filter((name) => existsSync(join(modules, name))),
      [],
    );
  });

  it("checks manifests with nothing else installed, within three seconds", () => {
    const began = Date.now();
    const { status, stdout, stderr } = slipway(["check", "theirs/k8s"]);
    assert.deepEqual([status, stderr], [1, ""]);
    assert.match(stdout, /web/);
    assert.ok(Date.now() - began < 3000, `${Date.now() - began} ms`);
  });

  it("runs nothing when it is installed, and says which Node.js it wants", () => {
    const manifest = JSON.parse(readFileSync(join(folder, "node_modules/slipway/package.json"), "utf8")) as {
      scripts?: object;
      engines: { node: string };
    };
    assert.equal(manifest.scripts, undefined);
    assert.match(manifest.engines.node, /^>=22/);
  });

  it("opens the door of the description quickly and without Pulumi", () => {
    const { stdout } = node(`const began = performance.now();
      const { defineSystem } = await import("slipway");
      console.log(typeof defineSystem, performance.now() - began < 100);`);
    assert.equal(stdout.trim(), "function true");
  });

  it("has a file and types behind every door", () => {
    for (const file of Object.values(DOORS))
      for (const ending of [".js", ".d.ts"])
        assert.ok(existsSync(join(folder, "node_modules/slipway", file.replace(/\.ts$/, ending))), file + ending);
  });

  it("names what is missing where a command needs more than is installed", () => {
    const project = join(folder, "bare");
    mkdirSync(project);
    assert.equal(slipway(["init"], project).status, 0);
    const { status, stderr } = slipway(["up", "dev"], join(project, "deploy"));
    assert.equal(status, 1, stderr);
    assert.match(stderr, /^slipway up: it needs the package \S+, which is not installed here.*Next: npm install "/);
  });

  describe("begins a project beside the code that is there", () => {
    it("with an entry for every program, whose folders stay where they are", () => {
      const { status, stdout } = slipway(["init", "--name", "Notes Shop"], join(folder, "theirs/shop"));
      assert.equal(status, 0);
      assert.match(stdout, /deploy\/system\.ts/);
      const text = readFileSync(join(folder, "theirs/shop/deploy/system.ts"), "utf8");
      assert.match(text, /name: "notes-shop"/);
      assert.match(text, /from: \{ build: "\.\.\/notes" \}/);
    });

    it("with every package that its commands and its program import", () => {
      const shipped = join(folder, "node_modules/slipway");
      const { dependencies } = JSON.parse(readFileSync(join(folder, "theirs/shop/deploy/package.json"), "utf8")) as {
        dependencies: object;
      };
      const always = JSON.parse(readFileSync(join(shipped, "package.json"), "utf8")) as { dependencies: object };
      const asked = readdirSync(shipped, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".js") && !/^(runtime|doors)\//.test(file))
        .flatMap((file) => [...readFileSync(join(shipped, file), "utf8").matchAll(PACKAGES)].map(([, name]) => name));
      const there = [...Object.keys({ ...dependencies, ...always.dependencies }), "esbuild"]; // only for programs on the kit
      assert.deepEqual(
        [...new Set(asked)].filter((name) => !there.includes(name ?? "")),
        [],
      );
    });

    it("and plans what its owner answered, from the project's folder and from above it", () => {
      const shop = join(folder, "theirs/shop");
      cpSync(join(shop, "system.ts"), join(shop, "deploy/system.ts"));
      for (const place of [shop, join(shop, "deploy")]) {
        const { status, stdout, stderr } = slipway(["plan"], place);
        assert.equal(status, 0, stderr);
        assert.match(stdout, /notes-db/);
      }
    });

    it("and once only: a second time writes nothing and says why", () => {
      const { status, stderr } = slipway(["init"], join(folder, "theirs/shop"));
      assert.equal(status, 2);
      assert.match(stderr, /deploy\/Pulumi\.yaml is there already.*nothing was written/);
    });

    it("or not at all where one of its files is there", () => {
      const place = join(folder, "half");
      mkdirSync(join(place, "deploy"), { recursive: true });
      writeFileSync(join(place, "deploy/index.ts"), "mine");
      const { status, stderr } = slipway(["init"], place);
      assert.equal(status, 2);
      assert.match(stderr, /deploy\/index\.ts is there already; nothing was written/);
      assert.deepEqual(readdirSync(join(place, "deploy")), ["index.ts"]);
    });
  });
});
