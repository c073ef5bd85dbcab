import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SERVICE =
  "apiVersion: v1\nkind: Service\nmetadata: { name: lost, namespace: shop }\nspec: { selector: { app: lost }, ports: [{ port: 80 }] }\n";
/** Its fault stands in it, whatever else is declared. */
const OPEN = SERVICE.replace("spec: {", "spec: { type: NodePort,");
const SECRET =
  "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: shop }\ndata: { DB_PASSWORD: hunter2-hunter2 }\n";

describe("slipway check", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "slipway-check-"));
  const write = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const run = (args: readonly string[], input = ""): { code: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "main.ts"), "check", ...args],
      { encoding: "utf8", input, env: { ...process.env, NO_COLOR: "1" } },
    );
    return { code: status, out: stdout, err: stderr };
  };
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("ends with 0 when clean, 1 with findings, 2 when something cannot be read", () => {
    assert.equal(
      run([
        write(
          "clean.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: shop }\ndata: { A: b }\n",
        ),
      ]).code,
      0,
    );
    assert.equal(run([write("bad.yaml", SERVICE)]).code, 1);
    const { code, out, err } = run([write("half.yaml", `${OPEN}---\na: [1\n`)]);
    assert.deepEqual([code, /service-internal/.test(out), /half\.yaml:\d+:\d+: /.test(err)], [2, true, true]);
    assert.doesNotMatch(out, /service-selects-pods/); // its pods may be in what cannot be read
  });

  it("reads standard input and whole folders", () => {
    assert.equal(run(["-"], SERVICE).code, 1);
    mkdirSync(join(folder, "deploy", "more"), { recursive: true });
    write("deploy/more/a.yml", SERVICE);
    assert.match(run([join(folder, "deploy")]).out, /Service\/shop\/lost/);
  });

  it("judges what can be read beside what cannot", () => {
    mkdirSync(join(folder, "mixed"), { recursive: true });
    write("mixed/b.yaml", OPEN);
    symlinkSync(join(folder, "nowhere"), join(folder, "mixed", "a.yaml"));
    const { code, out, err } = run([join(folder, "mixed"), join(folder, "nothing.yaml")]);
    assert.equal(code, 2);
    assert.match(out, /Service\/shop\/lost/);
    assert.match(err, /a\.yaml:1:1: cannot be read: no such file or folder[\s\S]*nothing\.yaml:1:1: cannot be read/);
  });

  it("names the line of the property, and refuses keys that stand twice", () => {
    const { out } = run([
      write(
        "placed.json",
        `{ "kind": "Service", "apiVersion": "v1",\n "metadata": { "name": "lost", "namespace": "shop" },\n "spec": {\n  "selector": { "app": "lost" }, "ports": [{ "port": 80 }] } }`,
      ),
      "--format",
      "sarif",
    ]);
    assert.match(out, /"startLine": 4\b/);
    const { code, err } = run([write("twice.json", `{ "kind": "Service",\n "kind": "Service" }`)]);
    assert.deepEqual([code, /twice\.json:2:2: duplicated key "kind"/.test(err)], [2, true]);
  });

  it("fails only on what is new against a baseline", () => {
    const file = write("old.yaml", SERVICE);
    const baseline = write("before.json", run([file, "--format", "json"]).out);
    assert.equal(run([file, "--baseline", baseline]).code, 0);
    assert.equal(run([file, write("new.yaml", SECRET), "--baseline", baseline]).code, 1);
    for (const other of ["[]", "null", "{}", `{ "findings": [{}], "known": [] }`]) {
      const { code, err } = run([file, "--baseline", write("other.json", other)]);
      assert.deepEqual([code, /other\.json: no report of `slipway check --format json`/.test(err)], [2, true], other);
    }
  });

  it("is not clean when a rule could not judge what stands there", () => {
    const file = write(
      "odd.yaml",
      "apiVersion: v1\nkind: Pod\nmetadata: { name: odd, namespace: shop }\nspec: { containers: [{ name: a, securityContext: { capabilities: { drop: 3 } } }] }\n",
    );
    const known = write("odd.json", run([file, "--format", "json"]).out);
    const { code, out } = run([file, "--baseline", known]);
    assert.match(out, /rule failed capabilities-dropped [\s\S]*\n0 findings/);
    assert.equal(code, 1);
  });

  it("ends in silence when nobody reads on", () => {
    const command = `"${process.execPath}" --disable-warning=ExperimentalWarning "${join(import.meta.dirname, "main.ts")}" check --format sarif "${write("old.yaml", SERVICE)}" | head -c 1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
    assert.deepEqual([stdout, stderr], ["{", ""]);
  });

  it("takes exemptions as the guide writes them", () => {
    const config = write(
      "exempt.yaml",
      "exemptions:\n  - rule: service-selects-pods\n    resource: Service/shop/*\n    reason: comes with the next release\n    owner: shop\n    expires: 2999-12-31\n",
    );
    const { code, out } = run([write("bad.yaml", SERVICE), "--config", config]);
    assert.equal(code, 0, out);
    assert.match(out, /1 exempt/);
  });

  it("shows no secret in any format", () => {
    const file = write("secret.yaml", SECRET);
    for (const format of ["text", "json", "sarif", "markdown"]) {
      const { out } = run([file, "--format", format]);
      assert.ok(out.includes("no-secret-in-configmap") && !out.includes("hunter2"), format);
    }
  });

  it("says what is wrong with options, files and configurations", () => {
    for (const [args, words] of [
      [["--tier", "gold", "x"], /--tier gold: wanted critical, standard or dev|no such file/],
      [["--format", "xml", "x"], /wanted text, json, sarif, markdown/],
      [["no-such.yaml"], /no such file/],
      [
        [write("bad.yaml", SERVICE), "--config", write("twice.yaml", "tier: dev\ntier: dev\n")],
        /twice\.yaml:2:1: duplicated mapping key/,
      ],
      [["--colour", "x"], /Unknown option/],
      [[write("empty.yaml", "")], /no Kubernetes object/],
      [
        [write("bad.yaml", SERVICE), "--config", write("config.yaml", "tier: gold\n")],
        /config\.yaml: tier: found "gold"/,
      ],
    ] as const) {
      const { code, err } = run(args);
      assert.equal(code, 2, err);
      assert.match(err, words);
    }
  });
});
