import assert from "node:assert/strict";
import { createServer } from "node:net";
import { checkHost } from "./check-host.ts";
import { ClusterError } from "../config/cluster-error.ts";
import { clusterFolders } from "../config/folders.ts";
import { listen } from "../../machine/free-port.ts";

describe("the machine under an embedded cluster", () => {
  const path = process.env["PATH"];
  const taken = createServer();
  after(() => {
    process.env["PATH"] = path;
    taken.close();
  });

  it("is told all that is missing at once: programs with their packages, room on the disk, free ports", async () => {
    const port = await listen(taken);
    const full = { ...clusterFolders("host-test"), state: "/proc/slipway/host-test" }; // a file system without any room
    process.env["PATH"] = "/nowhere";
    await assert.rejects(
      checkHost({ name: "host-test", apiPort: port, httpPort: 1, link: 1, httpNames: [], systems: [] }, full),
      (error) => {
        assert.ok(error instanceof ClusterError);
        assert.equal(error.exitCode, 2);
        for (const [program, packageName] of [
          ["ip", "iproute2"],
          ["nsenter", "util-linux"],
          ["unshare", "util-linux"],
          ["mount", "mount"],
        ]) {
          assert.match(
            error.message,
            new RegExp(`^program ${program} is not on this machine\\. Install the package ${packageName}\\.$`, "m"),
          );
        }
        assert.match(
          error.message,
          /^\/proc has 0\.0 GiB free, wanted 2 GiB\. Free some space, or set XDG_STATE_HOME/m,
        );
        assert.match(
          error.message,
          new RegExp(
            `^port ${port} of 127\\.0\\.0\\.1 is taken by process ${process.pid} .*--api-port <port>\\.$`,
            "m",
          ),
        );
        return true;
      },
    );
  });
});
