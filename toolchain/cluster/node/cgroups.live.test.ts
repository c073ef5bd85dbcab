import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createCgroups, podProcesses, removeCgroups } from "./cgroups.ts";

const NAME = "cgroup-test";
const live = process.env["SLIPWAY_LIVE_TESTS"] === "1";

describe(
  live
    ? "cgroups of a cluster"
    : "cgroups of a cluster (skipped: they need root and SLIPWAY_LIVE_TESTS=1, as `npm test` sets it)",
  () => {
    before(function () {
      if (!live) return this.skip();
      createCgroups(NAME);
    });

    after(() => {
      if (live) removeCgroups(NAME);
    });

    it("can be read while a runtime makes and removes those of its containers", async function () {
      const churn = spawn(
        "bash",
        [
          "-c",
          `
      end=$((SECONDS + 3))
      while ((SECONDS < end)); do
        for root in /sys/fs/cgroup /sys/fs/cgroup/*; do
          [ -d "$root/slipway/${NAME}" ] || continue
          mkdir -p "$root/slipway/${NAME}/kubepods/pod/container" && rmdir "$root/slipway/${NAME}/kubepods/pod/container" "$root/slipway/${NAME}/kubepods/pod" "$root/slipway/${NAME}/kubepods"
        done
      done`,
        ],
        { stdio: "ignore" },
      );
      const ended = once(churn, "exit");
      while (churn.exitCode === null) {
        assert.deepEqual(podProcesses(NAME), []);
        await new Promise(setImmediate);
      }
      await ended;
    });
  },
);
