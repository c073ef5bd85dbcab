import assert from "node:assert/strict";
import { assertOfThisMachine } from "./image-sources.ts";

describe("images that are built on this machine", () => {
  it("are refused for another processor where they hold machine code, with what to do", () => {
    assert.throws(() => assertOfThisMachine(["fishdelivery/order", "prometheus"], ["linux/amd64", "linux/arm64"], "linux/amd64"),
      /slipway:imagePlatforms: found "linux\/amd64,linux\/arm64", allowed on this machine: linux\/amd64, because the programs in prometheus are made for it\. Fix: /);
  });

  it("are taken for its own processor, and bundled services for any", () => {
    assertOfThisMachine(["fishdelivery/order", "prometheus"], ["linux/arm64"], "linux/arm64");
    assertOfThisMachine(["fishdelivery/order", "job"], ["linux/amd64", "linux/arm64"], "linux/amd64");
  });
});
