import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deletable, free } from "./free-space.ts";
import { entryFolder } from "./resolve.ts";
import { emptyCache } from "./test-publisher.ts";
import { toolSets } from "./catalogue/tools.ts";

describe("freeing space", () => {
  it("deletes the compiler's caches and old versions, and keeps what is used", async () => {
    using cache = emptyCache();
    const modules = join(cache.folder, "slipway", "go", "mod", "read-only");
    const old = join(cache.folder, "slipway", "tools", "etcd", "3.3-000000000000");
    const current = entryFolder("etcd", toolSets.etcd);
    for (const folder of [modules, old, current]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(modules, "file"), "");
    chmodSync(modules, 0o500);
    const found = deletable();
    assert.deepEqual(
      found.map(({ folder }) => folder),
      [join(cache.folder, "slipway", "go"), old],
    );
    assert.deepEqual([modules, old, current].map(existsSync), [true, true, true]);
    await free(found);
    assert.deepEqual([modules, old, current].map(existsSync), [false, false, true]);
  });
});
