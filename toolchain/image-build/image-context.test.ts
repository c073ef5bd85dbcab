import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withContext, withWorkFolder } from "./image-context.ts";
import { buildWithDocker, dockerAnswers, dockerImages, saveFromDocker } from "./image-docker.ts";
import { imageRecipe } from "./image-recipe.ts";
import { quiet } from "../machine/progress.ts";

describe("build context", () => {
  let home: string;
  const variables = ["XDG_CACHE_HOME", "PATH"] as const;
  const before = variables.map((name) => process.env[name]);
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "slipway-context-"));
    process.env["XDG_CACHE_HOME"] = home;
  });
  afterEach(() => {
    for (const [index, name] of variables.entries()) process.env[name] = before[index] ?? "";
    if (before[0] === undefined) delete process.env["XDG_CACHE_HOME"];
    rmSync(home, { recursive: true });
  });

  it("holds the image's own files, and is gone when the build ends or fails", async () => {
    const context = await withContext(imageRecipe("mariadb"), quiet, async (folder) => {
      assert.deepEqual(readdirSync(folder).sort(), [
        "Dockerfile",
        "entrypoint.sh",
        "exporter.sh",
        "healthy.sh",
        "my.cnf",
      ]);
      return folder;
    });
    assert.ok(!existsSync(context));
    await assert.rejects(
      withContext(imageRecipe("mariadb"), quiet, () => Promise.reject(new Error("no space left"))),
      /no space left/,
    );
    assert.deepEqual(readdirSync(join(home, "slipway/images/work")), []);
  });

  it("removes what a killed build left behind, and nothing of a running one", async () => {
    const work = join(home, "slipway/images/work");
    mkdirSync(join(work, "4999999-dead"), { recursive: true }); // above the kernel's highest process id
    mkdirSync(join(work, `${process.ppid}-alive`));
    await withWorkFolder(async () => undefined);
    assert.deepEqual(readdirSync(work), [`${process.ppid}-alive`]);
  });

  describe("with Docker", () => {
    const docker = (script: string) => {
      writeFileSync(join(home, "docker"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      process.env["PATH"] = `${home}:${before[1] ?? ""}`;
    };

    it("is used only when an engine answers", async () => {
      docker("exit 1");
      assert.equal(await dockerAnswers(), false);
      docker("echo 29.0.0");
      assert.equal(await dockerAnswers(), true);
    });

    it("builds the same Dockerfile on the official base named in it", async () => {
      docker(`echo "$@" "$SOURCE_DATE_EPOCH" >> ${home}/calls; ls "$(eval echo \\$$#)" >> ${home}/calls`);
      const step = quiet.step("");
      await buildWithDocker(imageRecipe("mariadb"), "slipway.local/mariadb:1", quiet, step);
      const calls = readFileSync(join(home, "calls"), "utf8");
      assert.match(
        calls,
        /^buildx build --load --provenance=false --tag slipway\.local\/mariadb:1 \S+ 0\nDockerfile\n/,
      );
      assert.doesNotMatch(calls, /BASE=/);
    });

    it("hands over images by reference, in one archive", async () => {
      docker(
        '[ "$1" = images ] && printf "slipway.local/a:1\\nslipway.local/b:2\\n"; [ "$1" = save ] && echo "$@" > "$3"; true',
      );
      assert.deepEqual(await dockerImages(), ["slipway.local/a:1", "slipway.local/b:2"]);
      assert.ok(existsSync(await saveFromDocker(["slipway.local/a:1", "slipway.local/b:2"], home)));
    });
  });
});
