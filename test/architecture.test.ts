import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";
import { importCircles } from "./import-circles.ts";

const root = new URL("..", import.meta.url).pathname;
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
  cwd: root,
  encoding: "utf8",
})
  .trim()
  .split("\n");
const sources = tracked.filter((file) => !file.endsWith(".test.ts"));
const textOf = (file: string) => readFileSync(`${root}/${file}`, "utf8");
const linesOf = (file: string) => textOf(file).split("\n").length;
/** Files of ours that a file imports, for their values or for their types only. */
const importsOf = (file: string): string[] =>
  ts
    .preProcessFile(textOf(file))
    .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => join(dirname(file), fileName));

const eslint = new ESLint({ cwd: root });
async function lint(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${root}/${file}` });
  return (result?.messages ?? []).map(({ message }) => message);
}

describe("the architecture", function () {
  this.timeout(30_000);

  const forbidden: readonly [file: string, from: string][] = [
    ["model/plan/x.ts", "../../components/platform.ts"],
    ["model/x.ts", "@pulumi/pulumi"],
    ["model/x.ts", "node:fs"],
    ["monitors/x.ts", "../components/platform.ts"],
    ["components/x.ts", "../stacks/index.ts"],
    ["components/local/x.ts", "../aws/kafka.ts"],
    ["components/aws/x.ts", "../local/kafka.ts"],
    ["policies/rules/x.ts", "../../model/plan.ts"],
    ["runtime/x.ts", "../systems/index.ts"],
    ["systems/fishdelivery/x.ts", "../../components/platform.ts"],
    ["toolchain/x.ts", "../cli/main.ts"],
    ["experiments/run/x.ts", "../../cli/main.ts"],
  ];
  for (const [file, from] of forbidden) {
    it(`refuses ${from} in ${file}`, async () => {
      const messages = await lint(file, `import * as it from "${from}";\nexport const x = it;\n`);
      assert.ok(
        messages.some((message) => message.includes("restricted")),
        messages.join("; ") || "the linter said nothing",
      );
    });
  }

  it("lets the policies read names, quantities, calendars and how text from outside is shown", async () => {
    for (const file of ["names.ts", "quantity.ts", "aws-releases.ts", "harmless/visible.ts"])
      assert.deepEqual(
        await lint("policies/x.ts", `import * as it from "../model/${file}";\nexport const x = it;\n`),
        [],
      );
  });

  it("prints from one place, which makes text from outside harmless", async () => {
    for (const line of ["console.log(name);", "console.error(name);", "process.stdout.write(name);"])
      assert.match(
        (await lint("cli/x.ts", `export function f(name: string): void {\n  ${line}\n}\n`)).join(),
        /say\.ts/,
      );
  });

  it("refuses any and functions above 40 lines", async () => {
    const long = `export function f(): void {\n${"  f();\n".repeat(45)}}\n`;
    assert.match((await lint("model/x.ts", long)).join(), /too many lines/);
    assert.match((await lint("model/x.ts", "export const x: any = 1;\n")).join(), /Unexpected any/);
  });

  it("keeps files small: none above 250 lines, the median at most 60", () => {
    const lengths = sources.map(linesOf).toSorted((a, b) => a - b);
    assert.deepEqual(
      tracked.filter((file) => linesOf(file) > 251),
      [],
    );
    assert.ok(
      (lengths[Math.floor(lengths.length / 2)] ?? 0) <= 60,
      `median ${lengths[Math.floor(lengths.length / 2)]}`,
    );
  });

  it("has its lines drawn by the formatter, which lets nobody but tables draw wider ones", () => {
    const { files, formatter, overrides } = JSON.parse(textOf("biome.json")) as {
      files: { includes: string[] };
      formatter: { lineWidth: number };
      overrides?: unknown;
    };
    assert.deepEqual([formatter.lineWidth, overrides], [120, undefined]);
    assert.deepEqual(
      files.includes.filter((pattern) => pattern.startsWith("!")),
      [],
    );
    const exempt = tracked.flatMap((file) =>
      [...textOf(file).matchAll(/\/\/ biome-ignore.*\n.*/g)].map(([found]) => ({ file, found })),
    );
    const table = /^\/\/ biome-ignore format: \S.*\n *(export const \w+.* = |return )[[{]$/;
    assert.ok(exempt.length > 0);
    assert.deepEqual(
      exempt.filter(({ found }) => !table.test(found)),
      [],
    );
  });

  it("lets a stranger see from the names of folders where to go: none has more than 22 loose files", () => {
    const loose = Map.groupBy(
      sources.filter((file) => !file.endsWith(".cases.ts")),
      dirname,
    );
    assert.deepEqual(
      [...loose].filter(([, files]) => files.length > 22).map(([folder, files]) => `${folder}: ${files.length}`),
      [],
    );
  });

  it("has imports that run one way: no file imports another that imports it", () => {
    assert.deepEqual(importCircles(new Map(sources.map((file) => [file, importsOf(file)]))), []);
  });

  it("names no file after nothing in particular, and has no barrels", () => {
    const vague = /^(utils?|helpers?|common|types|constants|manager)\.ts$/;
    assert.deepEqual(
      tracked.filter((file) => vague.test(basename(file))),
      [],
    );
    assert.deepEqual(
      tracked.filter((file) => basename(file) === "index.ts" && !file.startsWith("bench/")),
      ["stacks/index.ts", "systems/index.ts"],
    );
  });

  it("keeps a description within 150 lines", () => {
    const descriptions = tracked.filter((file) => /^systems\/[^/]+\/system\.ts$/.test(file));
    assert.deepEqual(
      descriptions.filter((file) => linesOf(file) > 151),
      [],
    );
  });
});
