import assert from "node:assert/strict";
import { report } from "../../cli/doctor.ts";
import { availability } from "./availability.ts";
import { quiet } from "../machine/progress.ts";
import { provide } from "./resolve.ts";
import { emptyCache, startPublisher } from "./test-publisher.ts";
import { toolSets } from "./catalogue/tools.ts";

describe("the state of the tools", function () {
  this.timeout(30_000);
  it("names the publisher of what it will download, and the cache of what it has", async () => {
    using _cache = emptyCache();
    await using publisher = await startPublisher();
    const before = await availability({ tool: publisher.set }, false, async () => true);
    assert.deepEqual(
      before.map(({ state, minutes }) => [state, minutes]),
      [["to download", 0.5]],
    );
    await provide("tool", publisher.set, quiet);
    const after = await availability({ tool: publisher.set }, true, async () => true);
    assert.deepEqual(
      after.map(({ state, minutes }) => [state, minutes]),
      [["in cache", 0]],
    );
  });

  it("says how long building takes where only registries answer", async () => {
    using _cache = emptyCache();
    const found = await availability(
      toolSets,
      false,
      async (url) => !/github|k8s\.io|google/.test(url) || url.includes("proxy"),
    );
    const kubernetes = found.find(({ name }) => name === "kubernetes");
    assert.equal(kubernetes?.state, "to build");
    assert.match(report(found), /kubernetes +1\.34\.2 +to build +5\.5 min +Go modules/);
    assert.match(report(found), /are still to be got, in about \d+(\.\d)? min on two cores/);
  });

  it("says what is missing where nothing answers", async () => {
    using _cache = emptyCache();
    const found = await availability(toolSets, false, async () => false);
    const lost = found.find(({ name }) => name === "kubernetes");
    assert.equal(lost?.state, "cannot be had");
    assert.match(report(found), /cannot be had: .*kubernetes \(.* does not answer: check the network and GOPROXY\)/);
  });
});
