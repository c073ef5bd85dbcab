import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashOf } from "./build-hash.ts";
import { dockerfileOf, type ForeignBuild } from "./foreign-build.ts";
import type { LocalBase } from "./bases/local-bases.ts";

describe("the hash of a build", () => {
  let context: string;
  const write = (path: string, text = path) => writeFileSync(join(context, path), text);
  beforeEach(() => {
    context = mkdtempSync(join(tmpdir(), "slipway-context-"));
    write("Dockerfile", "FROM python:3.11 AS a\nFROM a\nCOPY . .\n");
    write(".dockerignore", "*.log\n");
    mkdirSync(join(context, "src"));
    write("src/a.py");
  });
  afterEach(() => rmSync(context, { recursive: true }));
  const hash = (build: Partial<ForeignBuild> = {}, local: LocalBase[] = [], table = {}) =>
    hashOf({ context, ...build }, local, table);

  it("stays what it is when only times change, or what .dockerignore leaves out", () => {
    const before = hash();
    assert.match(before, /^[0-9a-f]{16}$/);
    utimesSync(join(context, "src/a.py"), 1, 1);
    write("x.log");
    assert.equal(hash(), before);
  });

  const changes: Record<string, () => void> = {
    "the content of a file": () => write("src/a.py", "new"),
    "the mode of a file": () => chmodSync(join(context, "src/a.py"), 0o755),
    "a file more": () => write("src/b.py"),
    "an empty folder more": () => mkdirSync(join(context, "empty")),
    "a link": () => symlinkSync("a.py", join(context, "src/link")),
    "what is left out": () => write(".dockerignore", "src\n"),
    "the Dockerfile": () => write("Dockerfile", "FROM python:3.11\n"),
  };
  for (const [what, change] of Object.entries(changes))
    it(`changes with ${what}`, () => {
      const before = hash();
      change();
      assert.notEqual(hash(), before);
    });

  it("changes with where a link points", () => {
    symlinkSync("a.py", join(context, "link"));
    const before = hash();
    rmSync(join(context, "link"));
    symlinkSync("b.py", join(context, "link"));
    assert.notEqual(hash(), before);
  });

  it("changes with target, arguments and what stands in for a base; the order of arguments is no matter", () => {
    const base = { family: "python", tags: ["3.11"], folders: async () => ({}) } as const;
    const all = [
      hash(),
      hash({ target: "a" }),
      hash({ args: { A: "1", B: "2" } }),
      hash({}, [{ ...base, inside: "Python 3.11.2" }]),
      hash({}, [{ ...base, inside: "Python 3.11.9" }]),
      hash({}, [], { "docker.io/library/python:3.11": "mirror.example.com/python:3.11" }),
    ];
    assert.equal(new Set(all).size, all.length);
    assert.equal(hash({ args: { B: "2", A: "1" } }), all[2]);
    assert.equal(hash({}, [], { "docker.io/": "mirror.example.com/" }), all[0], "a mirror has the very same images");
  });

  it("cannot be told where there is no Dockerfile: those that are there are named", () => {
    assert.equal(dockerfileOf({ context }), join(context, "Dockerfile"));
    mkdirSync(join(context, "docker"));
    write("docker/api.Dockerfile");
    rmSync(join(context, "Dockerfile"));
    assert.throws(
      () => hash(),
      /there is no Dockerfile in .*\nNext: write one of those that are there in "dockerfile": docker\/api\.Dockerfile/,
    );
    assert.throws(() => hash({ context: join(context, "nowhere") }), /there is no folder .*nowhere/);
  });
});
