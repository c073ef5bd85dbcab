import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFolder } from "./project/project-folder.ts";

type Files = Readonly<Record<string, string>>;

const GOOD = 'services:\n  web:\n    image: web:1\n    ports: ["80:80"]\n';

/** What nobody can adopt, and what is said about it. */
const HOSTILE: readonly [string, Files, readonly string[], readonly RegExp[]][] = [
  [
    "YAML that is none, with its place",
    { "compose.yaml": "services:\n  a: { image: a:1\n  b:\n" },
    ["compose.yaml"],
    [/compose\.yaml:3:\d+: /],
  ],
  [
    "images by variables that nobody sets, all of them at once",
    { "compose.yaml": "services:\n  a:\n    image: ${REGISTRY}/a:${TAG}\n  b:\n    build: ${WHERE}\n" },
    ["compose.yaml"],
    [
      /compose\.yaml:3: the image of "a" is named by "REGISTRY", "TAG", which nobody sets/,
      /compose\.yaml:5: the build of "b"/,
    ],
  ],
  [
    "a file of the first version",
    { "compose.yaml": "web:\n  image: web:1\ndb:\n  image: mysql:5\n" },
    ["compose.yaml"],
    [/first version of Compose, .* put them below `services:`/],
  ],
  [
    "includes in a circle",
    { "compose.yaml": `include: [b/compose.yaml]\n${GOOD}`, "b/compose.yaml": `include: [../compose.yaml]\n${GOOD}` },
    ["compose.yaml"],
    [/b\/compose\.yaml:1: files include each other in a circle: compose\.yaml → b\/compose\.yaml → compose\.yaml/],
  ],
  [
    "services that extend each other in a circle, or nobody",
    {
      "compose.yaml":
        "services:\n  a:\n    image: a:1\n    extends: b\n  b:\n    image: b:1\n    extends: a\n  c:\n    image: c:1\n    extends: nobody\n",
    },
    ["compose.yaml"],
    [
      /services extend each other in a circle: compose\.yaml a → compose\.yaml b → compose\.yaml a/,
      /"c" extends "nobody", which is no service/,
    ],
  ],
  [
    "an alias that holds itself",
    { "compose.yaml": "services: &all\n  a: { image: a:1, environment: *all }\n" },
    ["compose.yaml"],
    [/an alias refers to what contains it/],
  ],
  [
    "files that are not there",
    { "compose.yaml": "include: [other.yaml]\nservices:\n  a:\n    image: a:1\n    env_file: [lost.env]\n" },
    ["compose.yaml"],
    [/other\.yaml cannot be read: no such file or folder/, /compose\.yaml:5: env_file lost\.env: no such file/],
  ],
  [
    "a service that says nothing, and a variable without its brace",
    { "compose.yaml": 'services:\n  a: {}\n  b:\n    image: b:1\n    environment: { X: "${HALF" }\n' },
    ["compose.yaml"],
    [/compose\.yaml:2: "a" has neither an image nor a build/, /compose\.yaml:5: .*without its closing brace/],
  ],
  [
    "a build outside the folder of the description",
    { "deploy/compose.yaml": "services:\n  a:\n    build: ../a\n", "a/Dockerfile": "FROM a\n" },
    ["deploy/compose.yaml", "--into", "deploy"],
    [/"a" is built from .*, outside the folder of the description: .*--into/],
  ],
  [
    "a chart that is not rendered",
    { "k8s/a.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: {{ .Values.name }} }\n" },
    ["k8s"],
    [/k8s\/a\.yaml:1:1: .*not rendered.*helm template/],
  ],
  [
    "a folder with nothing in it",
    { "k8s/notes.txt": "hello" },
    ["k8s"],
    [/no workload of Kubernetes and no file of Compose/],
  ],
  ["a binary file", { "compose.yaml": "services: \0\n" }, ["compose.yaml"], [/is a binary file/]],
  [
    "both at once",
    { "compose.yaml": GOOD, "k8s/a.yaml": "kind: Pod\n" },
    ["compose.yaml", "k8s"],
    [/is of Compose and k8s is not; adopt one of the two/],
  ],
  ["nothing", {}, [], [/nothing is named\. Usage: slipway adopt PATH/]],
  [
    "what is not there",
    {},
    ["nowhere.yaml", "lost"],
    [/nowhere\.yaml: no such file or folder/, /lost: no such file or folder/],
  ],
  [
    "an option that does not exist",
    { "compose.yaml": GOOD },
    ["compose.yaml", "--profil", "x"],
    [/Unknown option '--profil'/],
  ],
  [
    "a name that cannot be one",
    { "compose.yaml": GOOD },
    ["compose.yaml", "--name", "My Shop"],
    [/--name "My Shop" is no DNS label/],
  ],
];

describe("slipway adopt", function () {
  this.timeout(30_000);
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-adopt-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (files: Files) =>
    Object.entries(files).forEach(([path, text]) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    });
  const run = (args: readonly string[], input = "") =>
    spawnSync(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", join(projectFolder, "cli/main.ts"), "adopt", ...args],
      {
        cwd: folder,
        encoding: "utf8",
        input,
        env: { ...process.env, REGISTRY: "", NO_COLOR: "1" },
      },
    );

  for (const [what, files, args, said] of HOSTILE)
    it(`refuses ${what}, with 2, and writes nothing`, () => {
      write(files);
      const before = readdirSync(folder, { recursive: true }).toSorted();
      const { status, stdout, stderr } = run(args);
      assert.deepEqual([status, stdout], [2, ""], stderr);
      for (const pattern of said) assert.match(stderr, pattern);
      assert.deepEqual(readdirSync(folder, { recursive: true }).toSorted(), before);
    });

  it("writes the description into the folder that is named, and says what is open", () => {
    write({ "compose.yaml": GOOD });
    const { status, stdout, stderr } = run(["compose.yaml", "--name", "shop", "--into", "deploy"]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^wrote deploy\/system\.ts: 1 service, 0 calls, 0 stores\./);
    assert.match(stdout, /slo: what does it promise/);
    assert.match(readFileSync(join(folder, "deploy/system.ts"), "utf8"), /^import \{ draftSystem \} from "slipway";\n/);
  });

  it("never overwrites a description", () => {
    write({ "compose.yaml": GOOD, "system.ts": "mine\n" });
    const { status, stderr } = run(["compose.yaml"]);
    assert.equal(status, 2);
    assert.match(stderr, /system\.ts exists already; nothing was written\. Name another folder with --into/);
    assert.equal(readFileSync(join(folder, "system.ts"), "utf8"), "mine\n");
  });

  it("takes the file and the override of a folder as Compose does, and names the one that a file alone leaves out", () => {
    write({ "compose.yaml": GOOD, "compose.override.yaml": "services:\n  extra:\n    image: extra:1\n" });
    assert.match(run([".", "--into", "both"]).stdout, /: 2 services/);
    assert.match(run(["compose.yaml", "--into", "one"]).stdout, /: 1 service,/);
    assert.match(
      readFileSync(join(folder, "one/system.ts"), "utf8"),
      /compose\.override\.yaml:1: is not read: name it with -f too/,
    );
  });

  it("reads a running cluster from standard input", () => {
    const list = readFileSync(join(projectFolder, "test/adopt/cluster/all.json"), "utf8");
    const { status, stdout, stderr } = run(["-", "--name", "mail"], list);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /2 services, 1 call, 1 store/);
  });

  it("does not look at the variables of whoever runs it", () => {
    write({ "compose.yaml": "services:\n  web:\n    image: web:1\n    environment: { HOME_OF: $HOME }\n" });
    assert.equal(run(["compose.yaml"]).status, 0);
    assert.match(readFileSync(join(folder, "system.ts"), "utf8"), /not set: HOME_OF, from HOME, which nobody says/);
  });

  it("says what it does, and what it never does", () => {
    const { status, stdout } = run(["--help"]);
    assert.equal(status, 0);
    assert.match(stdout, /--profile NAME/);
    assert.match(stdout, /no file is ever overwritten/);
    assert.ok(!existsSync(join(folder, "system.ts")));
  });

  it("adopts 25 services within two seconds", () => {
    const service = (name: number) =>
      `  s${name}:\n    build: s${name}\n    environment:\n      NEXT_URL: http://s${(name + 1) % 25}:8000\n    healthcheck: { test: "curl -f http://localhost:8000/ready" }\n`;
    const names = [...Array(25).keys()];
    write({
      "compose.yaml": `services:\n${names.map(service).join("")}`,
      ...Object.fromEntries(names.map((name) => [`s${name}/Dockerfile`, "FROM python:3\nEXPOSE 8000\n"])),
      ...Object.fromEntries(names.map((name) => [`s${name}/main.py`, "import os\n".repeat(500)])),
    });
    const begin = performance.now();
    const { status, stdout, stderr } = run(["compose.yaml"]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /25 services, 25 calls/);
    assert.ok(performance.now() - begin < 2000 * 3, "three times as long where others work beside");
  });
});
