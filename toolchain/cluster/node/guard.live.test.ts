import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../../machine/free-port.ts";
import { quiet } from "../../machine/progress.ts";
import { resolve } from "../../tools/resolve.ts";
import { httpNodePort } from "../addons/manifests/traefik.ts";
import { addresses, planConfig } from "../config/cluster-config.ts";
import { clusterFolders } from "../config/folders.ts";
import { run, runInNetns } from "../config/run.ts";
import { apiServerPort } from "../control-plane/control-plane.ts";
import { dialFrom, listenIn, makeNamespace, removeNamespace, sendFrom } from "../testing/namespaces.ts";
import { linkLocalOf } from "../testing/link-local.ts";
import { guardNetwork } from "./guard.ts";
import { createNetwork, linkName, removeNetwork, uplink } from "./network.ts";

const name = "guard-test";
const port = 8080;
const config = planConfig(name, {});
const folders = clusterFolders(name);
const { host, node } = addresses(config);
const forwarder = fileURLToPath(new URL("../processes/forwarder.ts", import.meta.url));
const gateway = "10.244.0.1";
const pods = { known: "10.244.0.5", other: "10.244.0.6", unknown: "10.244.0.7" };
const forward = (device: string) => `/proc/sys/net/ipv4/conf/${device}/forwarding`;
const live = process.env["SLIPWAY_LIVE_TESTS"] === "1";

describe(
  live
    ? "the network of a cluster"
    : "the network of a cluster (skipped: it needs root and SLIPWAY_LIVE_TESTS=1, as `npm test` sets it)",
  function () {
    this.timeout(60_000);
    const spaces: Record<string, string> = {};
    const stops: (() => void)[] = [];
    let heard: string[] = [];
    let nft = "";

    before(async function () {
      if (!live) return this.skip();
      this.timeout(900_000); // on a fresh machine two programs are made first
      nft = await resolve("nft", quiet);
      await cleanUp();
      await createNetwork(config, folders, {
        nft,
        networkPolicyController: await resolve("network-policy-controller", quiet),
      });
      await guardNetwork(config, folders, nft);
      await runInNetns(folders.netns, "tee", ["/proc/sys/net/ipv4/ip_forward"], "1");
      for (const [pod, address] of Object.entries(pods)) {
        const link = { outside: folders.netns, device: `veth-${pod}`, gateway, address };
        spaces[pod] = await makeNamespace(`${name}-${pod}`, link);
        stops.push((await listenIn(spaces[pod], port)).stop);
      }
      const known = `{ ${pods.known}, ${pods.other} }`;
      await runInNetns(folders.netns, nft, ["add", "element", "ip", "slipway-policy", "known", known]);
      const listener = await listenIn(folders.netns, port);
      stops.push(listener.stop, (await listenIn(folders.netns, apiServerPort)).stop);
      stops.push((await listenIn(folders.netns, httpNodePort)).stop);
      heard = listener.heard;
    });

    const dropped = async (): Promise<number> => {
      const rules = await runInNetns(folders.netns, nft, ["list", "table", "inet", "slipway-guard"]);
      return [...rules.matchAll(/counter packets (\d+)/g)].reduce((sum, [, packets]) => sum + Number(packets), 0);
    };

    after(async () => {
      for (const stop of stops) stop();
      if (live) await cleanUp();
    });

    it("has no IPv6 on any link, not on the host's end and not on those that come later", async () => {
      assert.equal(await runInNetns(folders.netns, "ip", ["-6", "-o", "address"]), "");
      assert.equal(await run("ip", ["-6", "-o", "address", "show", "dev", linkName(name)]), "");
      const address = await linkLocalOf(folders.netns, uplink);
      assert.notEqual(await dialFrom(undefined, `${address}%${linkName(name)}`, port), "connected");
    });

    it("lets a pod that is known speak with others and with the node", async () => {
      assert.equal(await dialFrom(spaces["known"], pods.other, port), "connected");
      assert.equal(await dialFrom(spaces["known"], node, port), "connected");
    });

    it("answers the machine at the API server only, and through the forwarder, which looks at who is asked for", async () => {
      assert.equal(await dialFrom(undefined, node, apiServerPort), "connected");
      for (const other of [port, httpNodePort]) assert.equal(await dialFrom(undefined, node, other), "timeout");
      const own = await freePort();
      const args = [forwarder, name, folders.netns, `${own}=${node}:${port}`];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      stops.push(() => child.kill());
      await once(child.stdout, "data");
      const carried = connect(own, "127.0.0.1");
      assert.deepEqual(await once(carried, "end"), []); // the listener takes what comes and hangs up; a lost way would be a reset
    });

    it("is closed to a neighbour whose packets the host forwards, to pods and node alike", async () => {
      const neighbour = { device: "sw-neighbour", gateway: "10.212.255.1", address: "10.212.255.2" };
      const from = await makeNamespace(`${name}-neighbour`, neighbour);
      // Forwarding between these two links only: the host's own setting stays as it is.
      for (const device of [neighbour.device, linkName(name)]) writeFileSync(forward(device), "1");
      await run("ip", ["route", "add", "10.244.0.0/24", "via", node]);
      assert.equal(await dialFrom(undefined, pods.known, port), "timeout");
      const before = await dropped();
      assert.equal(await dialFrom(from, host, port), "ECONNREFUSED", "the host does not see the neighbour at all");
      assert.equal(await dialFrom(from, node, port), "timeout");
      assert.equal(await dialFrom(from, pods.known, port), "timeout");
      assert.ok((await dropped()) > before, "nothing of the neighbour's arrived, so nothing was held back");
    });

    it("drops what a pod sends under another's address, its neighbour's or the host's", async () => {
      await sendFrom(spaces["known"] ?? "", pods.known, node, port);
      for (const stolen of [pods.other, host]) {
        await runInNetns(spaces["known"] ?? "", "ip", ["address", "add", `${stolen}/32`, "dev", "eth0"]);
        await sendFrom(spaces["known"] ?? "", stolen, node, port);
      }
      await sleep(500);
      assert.deepEqual(heard, [pods.known]);
    });

    it("holds a pod that is not known, both ways, and lets the node's probes through", async () => {
      assert.equal(await dialFrom(spaces["unknown"], pods.other, port), "timeout");
      assert.equal(await dialFrom(spaces["unknown"], node, port), "timeout");
      assert.equal(await dialFrom(spaces["unknown"], host, port), "timeout");
      assert.equal(await dialFrom(spaces["other"], pods.unknown, port), "timeout");
      assert.equal(await dialFrom(folders.netns, pods.unknown, port), "connected");
    });

    it("can be removed although others have made namespaces meanwhile", async () => {
      await run("ip", ["netns", "add", `${name}-foreign`]);
      await removeNetwork(name, folders);
      const left = await run("ip", ["netns", "list"]);
      assert.ok(left.includes(`${name}-foreign`));
      assert.ok(!left.includes(`slipway-${name}`));
      await run("ip", ["netns", "delete", `${name}-foreign`]);
    });
  },
);

async function cleanUp(): Promise<void> {
  for (const other of [...Object.keys(pods), "neighbour", "foreign"]) await removeNamespace(`${name}-${other}`);
  await removeNetwork(name, folders);
}
