import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertCurrent } from "./current-settings.ts";
import { COMMITTED } from "./settings.ts";

describe("the settings of a shell", () => {
  const project = mkdtempSync(join(tmpdir(), "slipway-current-"));
  const shell = { "slipway:cluster": "dev", [COMMITTED]: '{"slipway:system":"shop"}' };
  before(() => {
    writeFileSync(join(project, "Pulumi.dev.yaml"), "config:\n  slipway:system: shop\n");
    writeFileSync(join(project, "Pulumi.prod.yaml"), "config:\n  slipway:domain: shop.example.com\n");
  });
  after(() => rmSync(project, { recursive: true }));

  it("hold as long as the repository says what it said", () => assertCurrent(project, "dev", shell));

  it("are refused for another stack, and after a change of the repository", async () => {
    await assert.rejects(
      assertCurrent(project, "prod", shell),
      /stack "prod": .* not those of Pulumi\.prod\.yaml.* Fix:/,
    );
    writeFileSync(join(project, "Pulumi.dev.yaml"), "config:\n  slipway:system: pets\n");
    await assert.rejects(assertCurrent(project, "dev", shell), /Fix: eval "\$\(npx slipway env dev\)"/);
  });

  it("are the engine's business where it reads the repository itself", () => assertCurrent(project, "none", {}));
});
