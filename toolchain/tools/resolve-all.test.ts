import assert from "node:assert/strict";
import { statfsSync } from "node:fs";
import { createProgress } from "../machine/progress.ts";
import { resolveAll } from "./resolve-all.ts";
import { emptyCache } from "./test-publisher.ts";
import { requireDiskSpace } from "../machine/disk-space.ts";
import { skip } from "../../test/skip.ts";

describe("several tools", function () {
  this.timeout(30_000);
  it("are got with one look at the disk for all", async () => {
    await assert.rejects(
      requireDiskSpace("/cache", 20_480, "getting pulumi, kubernetes", async () => 5_120),
      {
        message:
          "getting pulumi, kubernetes needs 20.0 GiB on the disk of /cache, and 5.0 GiB is free. Nothing was begun.\nNext: free some space, or point XDG_CACHE_HOME at a larger disk, and run the command again",
      },
    );
  });

  it("say which of how many they are and what follows takes", async function () {
    using cache = emptyCache();
    const { bavail, bsize } = statfsSync(cache.folder);
    if (bavail * bsize < 2 ** 30) skip(this, "less than 1 GiB is free on the disk");
    process.env["GOPROXY"] = "off";
    const texts: string[] = [];
    const progress = createProgress({ write: (text) => void texts.push(text), terminal: false, verbose: false });
    try {
      await assert.rejects(
        resolveAll(["gateway-api-crds", "metrics-server"], progress),
        /gateway-api 1\.4\.0 .* cannot be had/,
      );
    } finally {
      delete process.env["GOPROXY"];
    }
    assert.equal(texts[0], "gateway-api 1.4.0 [1 of 2, then about 2 min 30 s more] (about 6 s)\n");
    assert.match(texts.at(-1) ?? "", /failed after/);
  });
});
