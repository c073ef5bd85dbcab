import assert from "node:assert/strict";
import { lockedPackages } from "./image-packages.ts";

const lock = {
  packages: {
    "node_modules/a": {
      version: "1.0.0",
      integrity: "sha512-a",
      dependencies: { b: "^1" },
      optionalDependencies: { "other-machine": "1" },
    },
    "node_modules/a/node_modules/b": { version: "1.1.0", integrity: "sha512-b1" },
    "node_modules/b": { version: "2.0.0", integrity: "sha512-b2", dependencies: { "@scope/c": "1" } },
    "node_modules/@scope/c": { version: "3.0.0", integrity: "sha512-c", dependencies: { b: "2" } },
    "node_modules/unused": { version: "9.0.0" },
  },
};

describe("locked packages", () => {
  it("takes the version that lies beside the importer", () => {
    assert.deepEqual(lockedPackages(lock, ["a"]), [
      "node_modules/a/node_modules/b@1.1.0 sha512-b1",
      "node_modules/a@1.0.0 sha512-a",
    ]);
  });

  it("follows packages that need each other once", () => {
    assert.deepEqual(lockedPackages(lock, ["b"]), [
      "node_modules/@scope/c@3.0.0 sha512-c",
      "node_modules/b@2.0.0 sha512-b2",
    ]);
  });

  it("leaves out what is not locked for any machine", () => {
    assert.deepEqual(lockedPackages(lock, ["fs-extra"]), []);
  });
});
