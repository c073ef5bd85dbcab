import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addresses, planConfig, readConfig, writeConfig } from "./cluster-config.ts";
import { ClusterError } from "./cluster-error.ts";

describe("the config of a cluster", () => {
  const home = process.env["XDG_STATE_HOME"];
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-config-"));
    process.env["XDG_STATE_HOME"] = folder;
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
    if (home === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = home;
  });

  it("has the well-known ports until others are chosen, and remembers the choice", () => {
    assert.deepEqual(pick(planConfig("dev", {})), [16443, 8080]);
    writeConfig(planConfig("dev", { httpPort: 9999 }));
    assert.deepEqual(pick(planConfig("dev", {})), [16443, 9999]);
    assert.deepEqual(pick(planConfig("dev", { apiPort: 1 })), [1, 9999]);
  });

  it("serves the routes of every system that was named once, whoever starts it later", () => {
    writeConfig(planConfig("dev", { systems: ["shop"] }));
    writeConfig(planConfig("dev", { systems: ["bank", "shop"] }));
    assert.deepEqual(planConfig("dev", {}).systems, ["bank", "shop"]);
  });

  it("gives a cluster the same addresses every time", () => {
    assert.deepEqual(addresses(planConfig("dev", {})), addresses(planConfig("dev", {})));
    assert.notEqual(addresses(planConfig("dev", {})).node, addresses(planConfig("test", {})).node);
  });

  it("refuses what cannot be a name or a port, before anything is written", () => {
    for (const name of ["", "Dev", "1dev", "-dev", "dev-", "a/b", "..", "x".repeat(21)])
      refuses(() => planConfig(name, {}), /not usable/);
    for (const apiPort of [0, -1, 65536, 1.5, Number.NaN])
      refuses(() => planConfig("dev", { apiPort }), /--api-port is .*wanted/);
    for (const name of ["*", "Shop.test", "shop..test", "shop.test:80", "a b", "-a", "x".repeat(254)])
      refuses(() => planConfig("dev", { httpNames: [name] }), /--http-names has .*wanted host names/);
    assert.equal(readConfig("dev"), undefined);
  });

  it("answers under names of this machine until others are chosen, and remembers the choice", () => {
    assert.deepEqual(planConfig("dev", {}).httpNames, []);
    writeConfig(planConfig("dev", { httpNames: ["shop.test", "shop"] }));
    assert.deepEqual(planConfig("dev", {}).httpNames, ["shop.test", "shop"]);
  });

  function pick({ apiPort, httpPort }: { apiPort: number; httpPort: number }): number[] {
    return [apiPort, httpPort];
  }

  function refuses(action: () => unknown, message: RegExp): void {
    assert.throws(
      action,
      (error: Error) => error instanceof ClusterError && error.exitCode === 2 && message.test(error.message),
    );
  }
});
