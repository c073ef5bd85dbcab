import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { skip, skipInQuickGate } from "../../test/skip.ts";
import { scratchImage } from "../cluster/images/scratch-image.ts";
import { ImageStore } from "../image-build/image-store.ts";
import { pushStored } from "../image-build/push-stored.ts";
import { cacheLock } from "../machine/cache-folders.ts";
import { withLock } from "../machine/lock.ts";
import type { Progress } from "../machine/progress.ts";
import { buildForeign } from "./build-foreign.ts";
import type { ForeignBuild } from "./foreign-build.ts";
import { imageFaults } from "./image/image-faults.ts";
import { hasShell, imageFacts } from "./image/image-facts.ts";
import { makeImage } from "./made-image.ts";
import { pullReady } from "./ready-image.ts";
import { pushByHand } from "./registry/push-by-hand.ts";
import { throwAwayRegistry } from "./registry/throw-away-registry.ts";

const DOCKERFILE = `# syntax=docker/dockerfile:1
ARG RELEASE=12
FROM debian:\${RELEASE}-slim AS build
ARG GREETING=hello
RUN --mount=type=cache,target=/var/cache/mine <<EOF
set -e
echo "$GREETING" >> /var/cache/mine/runs
cp /var/cache/mine/runs /runs
EOF
WORKDIR /src
COPY . .

FROM debian:12-slim
COPY --link --from=build /src /app
COPY --from=build /runs /runs
USER 1000:1000
EXPOSE 9000
ENTRYPOINT ["/app/run"]
`;

describe("images of others", function () {
  this.timeout(600_000); // BuildKit and the base may have to be made first
  let folder: string;
  let store: ImageStore;
  const lines: string[] = [];
  const progress: Progress = {
    step: () => ({
      note: () => undefined,
      raw: (line) => void lines.push(line),
      done: () => undefined,
      failed: () => undefined,
    }),
  };
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  const alone = (work: () => Promise<void>) => withLock(cacheLock("images"), () => undefined, work);
  const build = (tag: string, more: Partial<ForeignBuild> = {}) => {
    lines.length = 0;
    const image = { context: folder, ...more };
    return alone(() => buildForeign(image, `slipway.local/foreign/x:${tag}`, progress, progress.step(""), store));
  };
  const cached = () => lines.filter((line) => line.endsWith(" CACHED")).length;
  /** A file of the image, from whichever layer has it. */
  const read = (tag: string, path: string) =>
    (store.find(`slipway.local/foreign/x:${tag}`)?.manifest.layers ?? [])
      .map(({ digest }) => {
        try {
          return execFileSync("tar", ["-xOf", store.blob(digest), path], { stdio: "pipe" }).toString();
        } catch {
          return ""; // not in this layer
        }
      })
      .join("");

  before(function () {
    skipInQuickGate(this, "BuildKit and a base made of Debian packages");
    if (process.geteuid?.() !== 0) skip(this, "it needs root");
    folder = mkdtempSync(join(tmpdir(), "slipway-foreign-"));
    store = new ImageStore(join(folder, ".store"));
    write("Dockerfile", DOCKERFILE);
    write(".dockerignore", "*\n!run\n!lib\nlib/*.log\n");
    mkdirSync(join(folder, "lib"));
    write("run", "#!/bin/sh\n");
    write("secret.env", "KEY=1\n");
    write("lib/a", "one");
    write("lib/b.log", "noise");
  });
  after(() => folder !== undefined && rmSync(folder, { recursive: true }));

  it("are built from their Dockerfile as it is: stages, here-documents, cache mounts, links, .dockerignore", async () => {
    await build("1");
    assert.equal(read("1", "app/lib/a"), "one");
    assert.equal(read("1", "app/secret.env") + read("1", "app/lib/b.log") + read("1", "app/Dockerfile"), "");
    const { user, ports, entrypoint } = imageFacts(store, "slipway.local/foreign/x:1");
    assert.deepEqual({ user, ports, entrypoint }, { user: "1000:1000", ports: [9000], entrypoint: ["/app/run"] });
    assert.equal(await hasShell(store, "slipway.local/foreign/x:1"), true);
    const use = { user: 10001, run: null, commands: [{ what: "health", command: ["sh", "-c", "true"] }] };
    const [fault = "", ...more] = await imageFaults(store, "slipway.local/foreign/x:1", use);
    assert.match(fault, /its own program runs \/app\/run, which user 10001 may not: \/app\/run is -rw-r--r--/);
    assert.deepEqual(more, [], "the shell is there");
  });

  it("use the layers and the cache mounts of earlier builds", async () => {
    write("lib/a", "two");
    await build("2");
    assert.ok(cached() >= 2, "only what comes after the changed file is done again");
    assert.equal(read("2", "app/lib/a"), "two");
    await build("3", { args: { GREETING: "again" } });
    assert.match(read("3", "runs"), /hello\nagain\n$/);
    await build("4", { target: "build" });
    assert.equal(read("4", "src/lib/a"), "two");
  });

  it("that do not build are told with line, step, last lines and exit code", async () => {
    write("failing.Dockerfile", "FROM debian:12-slim\nRUN echo one && \\\n  echo two && exit 3\n");
    await assert.rejects(
      build("5", { dockerfile: "failing.Dockerfile" }),
      /failing\.Dockerfile, line 2: step "\[\d\/2\] RUN echo one .* ended with exit code 3\. Its last lines:\n {2}one\n {2}two\n/,
    );
    write("broken.Dockerfile", "FROM debian:12-slim\nRUNN x\n");
    await assert.rejects(
      build("5", { dockerfile: "broken.Dockerfile" }),
      /broken\.Dockerfile, line 2 cannot be built: .*unknown instruction: RUNN/,
    );
    write("missing.Dockerfile", "FROM debian:12-slim\nCOPY nowhere /\n");
    await assert.rejects(build("5", { dockerfile: "missing.Dockerfile" }), /line 2: step .*COPY nowhere.* not found/);
  });

  it("that are ready are taken from their registry as they are", async () => {
    const registry = await throwAwayRegistry(join(folder, ".registry"));
    try {
      write("layer.tar", "");
      execFileSync("tar", ["-C", folder, "-cf", join(folder, "layer.tar"), "run"]);
      const layer = readFileSync(join(folder, "layer.tar"));
      const mine = { os: "linux", architecture: process.arch === "arm64" ? "arm64" : "amd64", config: { User: "7" } };
      await pushByHand(`${registry.address}/x:1`, [layer], mine);
      await pushByHand(`${registry.address}/x:2`, [layer], { os: "linux", architecture: "s390x" });
      const pull = (tag: string) =>
        alone(() =>
          pullReady(
            `${registry.address}/x:${tag}`,
            `slipway.local/foreign/ready:${tag}`,
            progress,
            progress.step(""),
            store,
          ),
        );
      await pull("1");
      assert.equal(imageFacts(store, "slipway.local/foreign/ready:1").user, "7");
      await assert.rejects(pull("2"), /x:2 is for linux\/s390x, and the cluster's nodes are linux/);
      await assert.rejects(pull("3"), /x:3 does not exist/);
    } finally {
      registry.close();
    }
  });

  it("go to a registry from the store, where no Docker engine holds them", async () => {
    const registry = await throwAwayRegistry(join(folder, ".pushed"));
    try {
      const reference = `${registry.address}/made:2`;
      const made = { folder, make: "cp layer-image.tar {archive}", watches: ["run"] };
      write("layer-image.tar", "");
      writeFileSync(
        join(folder, "layer-image.tar"),
        scratchImage({ reference: "x/y:2", program: join(folder, "run"), user: "8:8" }),
      );
      await alone(async () => {
        await makeImage(made, reference, progress.step(""), store);
        await pushStored(store, reference, ["--tls-verify=false"]);
      });
      assert.ok(registry.pushed.has("2"));
    } finally {
      registry.close();
    }
  });

  it("may be left behind as an archive by a command of the user's own", async () => {
    write("made.tar", "");
    writeFileSync(
      join(folder, "made.tar"),
      scratchImage({ reference: "x/y:1", program: join(folder, "run"), user: "9:9" }),
    );
    const made = { folder, make: "cp made.tar {archive}", watches: ["made.tar"] };
    await alone(() => makeImage(made, "slipway.local/foreign/made:1", progress.step(""), store));
    assert.equal(imageFacts(store, "slipway.local/foreign/made:1").user, "9:9");
  });
});
