import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { imageRecipe, platformImageNames } from "./image-recipe.ts";
import { SHIPPED } from "../roots/shipped.ts";
import { toolSets } from "../tools/catalogue/tools.ts";

const folder = join(SHIPPED, "toolchain/images");
const names = readdirSync(folder);
/** Instructions of a Dockerfile: no comments, continued lines joined. */
const instructions = (name: string): string[] =>
  readFileSync(join(folder, name, "Dockerfile"), "utf8")
    .replace(/^#.*\n/gm, "")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line !== "");
const isBase = (name: string) => name.startsWith("base-");

describe("images", () => {
  for (const name of names) {
    describe(name, () => {
      it("starts from an official base pinned by digest, or from nothing", () => {
        const [first = "", second] = instructions(name);
        if (first === "FROM scratch") return assert.ok(isBase(name));
        assert.match(first, /^ARG BASE=[a-z0-9./-]+:[a-z0-9.-]+@sha256:[0-9a-f]{64}$/);
        assert.equal(second, "FROM ${BASE}");
        assert.doesNotMatch(first, /:latest/);
      });

      it("fetches nothing but signed Debian packages", () => {
        for (const line of instructions(name)) assert.doesNotMatch(line, /https?:|curl|wget|git clone/);
        const added = instructions(name).filter((line) => line.startsWith("ADD"));
        assert.deepEqual(added, name === "base-debian" ? ["ADD rootfs.tar /"] : []);
      });

      it("leaves no package lists, caches or logs behind", () => {
        for (const line of instructions(name).filter((text) => text.includes("apt-get"))) {
          assert.match(line, /--no-install-recommends/);
          assert.match(line, /rm -rf \/var\/lib\/apt\/lists\/\* \/var\/cache\/\* \/var\/log\/\*/);
        }
      });

      if (isBase(name)) return;
      it("runs as a numbered user that is not root, whatever starts it", () => {
        const lines = instructions(name);
        const user = lines.findIndex((line) => line === "USER 10001:10001");
        assert.ok(
          user > lines.findLastIndex((line) => /^(RUN|COPY)/.test(line)),
          "USER comes after everything that needs root",
        );
        assert.equal(lines.filter((line) => line.startsWith("USER")).length, 1);
      });

      it("is its own first process, so that stop signals reach it", () => {
        const entry = instructions(name).filter((line) => line.startsWith("ENTRYPOINT"));
        assert.equal(entry.length, 1);
        assert.match(entry[0] ?? "", /^ENTRYPOINT \["/);
      });
    });
  }

  it("has one Dockerfile for every image a plan can ask for", () => {
    const wanted = [
      ...platformImageNames.map((name) => imageRecipe(name).folder),
      "service",
      "base-debian",
      "base-node",
    ];
    assert.deepEqual([...new Set(wanted)].sort(), names.sort());
  });

  it("takes programs from the toolchain, so that each has one version", () => {
    const tools = new Set(Object.values(toolSets).flatMap((set) => Object.keys(set.tools)));
    for (const name of platformImageNames)
      for (const tool of Object.values(imageRecipe(name).tools)) assert.ok(tools.has(tool ?? ""), `${name}: ${tool}`);
  });

  it("says which names there are when one is unknown", () => {
    assert.throws(() => imageRecipe("kafak"), /image "kafak" is unknown: wanted one of .*kafka, mariadb/);
    assert.throws(() => imageRecipe("fishdelivery/oder"), /wanted the file systems\/fishdelivery\/services\/oder\.ts/);
  });

  it("ends every entry script in the program itself", () => {
    const scripts = [
      "kafka/entrypoint.sh",
      "mariadb/entrypoint.sh",
      "mariadb/exporter.sh",
      "mariadb/healthy.sh",
      "kafka/kafka-tool.sh",
      "postgres/entrypoint.sh",
      "postgres/exporter.sh",
      "postgres/healthy.sh",
      "redis/entrypoint.sh",
      "redis/exporter.sh",
      "redis/healthy.sh",
    ];
    for (const script of scripts) {
      const text = readFileSync(join(folder, script), "utf8").trim();
      assert.match(text.slice(text.lastIndexOf("\nexec ")), /^\nexec /, script);
    }
  });
});
