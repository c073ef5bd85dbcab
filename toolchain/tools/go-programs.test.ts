import { readdirSync } from "node:fs";
import { join } from "node:path";
import { goEnvironment } from "./sources/build-go.ts";
import { SHIPPED } from "../roots/shipped.ts";
import { TOOLCHAIN_FOLDER } from "../machine/machine.ts";
import { resolve } from "./resolve.ts";
import { runProgram } from "../machine/run-program.ts";

const live = process.env["SLIPWAY_LIVE_TESTS"] === "1" || process.env["SLIPWAY_ENGINE_TESTS"] === "1";
const GO = join(TOOLCHAIN_FOLDER, "go");
const tested = readdirSync(GO, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(GO, entry.name)).some((file) => file.endsWith("_test.go")))
  .map(({ name }) => name);

describe(
  live
    ? "programs of our own in Go"
    : "programs of our own in Go (skipped: they need the compiler, which `npm test` gets)",
  function () {
    this.timeout(600_000); // an emptied compiler cache has to be filled again

    before(function () {
      if (!live) this.skip();
    });

    for (const module of tested) {
      it(`pass their own tests: ${module}`, async () => {
        const env = { ...goEnvironment(), SLIPWAY_SDK_ROOT: SHIPPED };
        await runProgram(await resolve("go"), ["test", "-mod=readonly", "-trimpath", "-vet=off", "./..."], {
          cwd: join(GO, module),
          env,
        });
      });
    }
  },
);
