import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { settingsHere, writeSettingsHere } from "./settings-here.ts";

const COMMITTED = "config:\n  slipway:system: shop\n  slipway:monitoring: standard\n";

describe("the settings of a stack on one machine", () => {
  let project = "";
  const commit = (text: string): void => writeFileSync(join(project, "Pulumi.dev.yaml"), text);
  /** Changes the machine's file as the engine does, which keeps what it does not know. */
  const engineWrites = (change: (file: { encryptionsalt?: string; config: Record<string, unknown> }) => void): void => {
    const file = writeSettingsHere(project, "dev");
    const content = parse(readFileSync(file, "utf8"));
    change(content);
    writeFileSync(file, JSON.stringify(content));
  };

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "slipway-settings-"));
    writeFileSync(join(project, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: index.ts\n");
    commit(COMMITTED);
  });
  afterEach(() => rmSync(project, { recursive: true }));

  it("are those of the repository until something is set here, which then stays over them", () => {
    assert.deepEqual(settingsHere(project, "dev"), { "slipway:system": "shop", "slipway:monitoring": "standard" });
    engineWrites(({ config }) => Object.assign(config, { "slipway:kubeContext": "kind", "slipway:monitoring": "off" }));
    commit("config:\n  slipway:system: pets\n  slipway:monitoring: standard\n");
    writeSettingsHere(project, "dev");
    const expected = { "slipway:system": "pets", "slipway:monitoring": "off", "slipway:kubeContext": "kind" };
    assert.deepEqual(settingsHere(project, "dev"), expected);
  });

  it("follow the repository when it takes something back", () => {
    writeSettingsHere(project, "dev");
    commit("config:\n  slipway:system: shop\n");
    writeSettingsHere(project, "dev");
    assert.deepEqual(settingsHere(project, "dev"), { "slipway:system": "shop" });
  });

  it("leave the files of the repository as they are, and keep the salt of this machine", () => {
    engineWrites((file) => (file.encryptionsalt = "v1:salt"));
    const file = writeSettingsHere(project, "dev");
    assert.equal(parse(readFileSync(file, "utf8")).encryptionsalt, "v1:salt");
    assert.equal(readFileSync(join(project, "Pulumi.dev.yaml"), "utf8"), COMMITTED);
  });

  it("say which file is broken: the machine's or the repository's", () => {
    const file = writeSettingsHere(project, "dev");
    writeFileSync(file, "config: [");
    assert.throws(() => writeSettingsHere(project, "dev"), /\.slipway\/Pulumi\.dev\.yaml cannot be read as settings/);
    commit("config: hello\n");
    assert.throws(() => settingsHere(project, "dev"), /slipway: Pulumi\.dev\.yaml cannot be read as settings/);
  });
});
