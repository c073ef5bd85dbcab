import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planSystem } from "../model/plan.ts";
import type { SystemPlan } from "../model/plan.ts";
import type { File } from "../model/words/value.ts";
import { shop } from "../test/shop.ts";
import { withFiles } from "./laid-files.ts";

describe("files that lie beside a description", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-files-"));
    mkdirSync(join(folder, "systems/shop"), { recursive: true });
    writeFileSync(join(folder, "systems/shop/app.conf"), "a = 1\n");
    writeFileSync(join(folder, "systems/shop/picture.png"), Buffer.from([0x89, 0x50, 0, 1]));
    writeFileSync(join(folder, "systems/shop/large.txt"), "x".repeat(2 ** 20 + 1));
  });
  after(() => rmSync(folder, { recursive: true }));

  const laid = (files: Readonly<Record<string, File>>): SystemPlan => {
    const { printer } = shop.services;
    const services = { ...shop.services, printer: { ...printer, files } };
    return withFiles(planSystem({ ...shop, services }, "dev"), folder);
  };

  it("are laid into the container as the text that they are", () => {
    const printer = laid({ "/etc/app.conf": { from: "app.conf" } }).workloads.find(({ name }) => name === "printer");
    assert.deepEqual(printer?.files, [{ path: "/etc/app.conf", content: { text: "a = 1\n" } }]);
  });

  it("are refused all at once where they are missing, too large or no text", () => {
    assert.throws(
      () => laid({ "/a": { from: "none.conf" }, "/b": { from: "picture.png" }, "/c": { from: "large.txt" } }),
      ({ message }: Error) => {
        assert.match(message, /shop\/printer: files \/a: systems\/shop\/none\.conf is not there/);
        assert.match(message, /picture\.png is no UTF-8 text/);
        assert.match(message, /large\.txt has 1048577 bytes/);
        return true;
      },
    );
  });
});
