import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dockerArguments } from "./docker-build.ts";

describe("a Dockerfile of others on the user's Docker engine", () => {
  it("is built as the description says, with bases from the machine's table", () => {
    const context = mkdtempSync(join(tmpdir(), "slipway-docker-"));
    try {
      writeFileSync(join(context, "api"), "ARG V\nFROM python:${V} AS run\nCOPY --from=tools:1 /a /a\nFROM run\n");
      const table = { "docker.io/library/python:3.12": "mirror.example.com/python:3.12" };
      const build = { context, dockerfile: "api", target: "run", args: { V: "3.12", GREETING: "good day" } };
      const [buildx, command, ...options] = dockerArguments(build, "slipway.local/shop/api:1", table);
      assert.deepEqual([buildx, command, options.at(-1)], ["buildx", "build", context]);
      const told = options.join(" ");
      for (const part of [
        "--load",
        "--tag slipway.local/shop/api:1",
        `--file ${context}/api`,
        "--build-context python:3.12=docker-image://mirror.example.com/python:3.12",
        "--target run",
        "--build-arg V=3.12 --build-arg GREETING=good day",
      ])
        assert.ok(told.includes(part), part);
      assert.ok(!told.includes("tools:1="), "what no table names is Docker's own to find");
    } finally {
      rmSync(context, { recursive: true });
    }
  });
});
