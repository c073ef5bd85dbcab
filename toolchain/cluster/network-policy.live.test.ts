import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { quiet, standardProgress } from "../machine/progress.ts";
import { apiClient } from "./control-plane/api-client.ts";
import type { ApiClient } from "./control-plane/api-client.ts";
import { clusterParts } from "./life/cluster-parts.ts";
import { clusterDown } from "./life/down.ts";
import { addresses } from "./config/cluster-config.ts";
import type { ClusterConfig } from "./config/cluster-config.ts";
import { apiServerPort } from "./control-plane/control-plane.ts";
import { clusterFolders, kubeconfigPath } from "./config/folders.ts";
import { freePort } from "../machine/free-port.ts";
import { keepDown } from "./testing/keep-down.ts";
import { deviceTo, ipv6On, linkLocalOf } from "./testing/link-local.ts";
import { listenersOf } from "./testing/listeners.ts";
import {
  ask,
  loadProbeImage,
  podNamespace,
  probePod,
  ready,
  remove,
  started,
  startPods,
} from "./testing/live-probe.ts";
import { clusterUp } from "./life/up.ts";

const name = "live-policy";
const { netns } = clusterFolders(name);
const kubeletPort = 10250;
const policies = "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies";

/** Who tries, what it tries, and what comes of it. */
type Attempt = readonly [namespace: string, pod: string, target: string, result: "connected" | "timeout"];

const live = process.env["SLIPWAY_LIVE_TESTS"] === "1";

describe(
  live
    ? "network policies of an embedded cluster"
    : "network policies of an embedded cluster (skipped: it needs root and SLIPWAY_LIVE_TESTS=1, as `npm test` sets it)",
  function () {
    this.timeout(300_000);
    let api: ApiClient;
    let config: ClusterConfig;
    let server = "";
    let image = "";

    before(async function () {
      if (!live) return this.skip();
      this.timeout(3600_000); // on a fresh machine the programs are built first, with progress shown
      await clusterParts(standardProgress());
      await clusterDown(name, { purge: true }, quiet);
      config = await clusterUp({ name, apiPort: await freePort(), httpPort: await freePort() }, quiet);
      api = apiClient(kubeconfigPath(name));
      image = await loadProbeImage(name);
      for (const [space, team] of [
        ["shop", "shop"],
        ["ops", "ops"],
      ]) {
        const metadata = { name: space, labels: { team } };
        await api.apply(`/api/v1/namespaces/${space}`, { apiVersion: "v1", kind: "Namespace", metadata });
      }
      await startPods(api, [
        probePod("shop", "server", image),
        probePod("shop", "friend", image),
        probePod("shop", "stranger", image),
        probePod("ops", "monitor", image),
      ]);
      server = (await ready(api, "/api/v1/namespaces/shop/pods/server")).address;
    });

    after(async () => {
      if (live) await clusterDown(name, { purge: true }, quiet);
    });

    afterEach(async () => {
      const { items } = (await api.get<{ items: { metadata: { name: string } }[] }>(policies)) ?? { items: [] };
      for (const { metadata } of items) await remove(api, `${policies}/${metadata.name}`);
    });

    const enforce = async (spec: object) => {
      await api.apply(`${policies}/test`, {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "test" },
        spec,
      });
    };

    const expect = async (attempts: readonly Attempt[]) => {
      const seen = async () =>
        await Promise.all(
          attempts.map(async ([space, pod, target]) => [space, pod, target, await dial(api, space, pod, target)]),
        );
      let results = await seen();
      // A policy is in force a moment after it was made; on a busy machine the moment is longer.
      for (
        const deadline = Date.now() + 30_000;
        Date.now() < deadline && !isDeepStrictEqual(results, attempts);
        await sleep(200)
      )
        results = await seen();
      assert.deepEqual(results, attempts);
    };

    const protectServer = { podSelector: { matchLabels: { app: "server" } } };
    const friend = { podSelector: { matchLabels: { app: "friend" } } };

    it("let everybody in while there are none", async () => {
      await expect([
        ["shop", "stranger", `tcp ${server}:8080`, "connected"],
        ["ops", "monitor", `udp ${server}:8080`, "connected"],
      ]);
    });

    it("let a pod that is not on the list time out, and the node's probes through", async () => {
      await enforce({ ...protectServer, policyTypes: ["Ingress"] });
      await expect([
        ["shop", "friend", `tcp ${server}:8080`, "timeout"],
        ["ops", "monitor", `udp ${server}:8080`, "timeout"],
      ]);
      assert.match(await ask(api, "shop", "server", "/hello"), /server/);
    });

    it("let in who is selected, on the ports that are named, and nobody else", async () => {
      await enforce({ ...protectServer, ingress: [{ from: [friend], ports: [{ port: "web" }] }] });
      await expect([
        ["shop", "friend", `tcp ${server}:8080`, "connected"],
        ["shop", "friend", `tcp ${server}:9090`, "timeout"],
        ["shop", "friend", `udp ${server}:8080`, "timeout"],
        ["shop", "stranger", `tcp ${server}:8080`, "timeout"],
      ]);
    });

    it("judge a call through a Service like a direct one", async () => {
      const spec = { selector: { app: "server" }, ports: [{ port: 80, targetPort: 8080 }] };
      await api.apply("/api/v1/namespaces/shop/services/server", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "server" },
        spec,
      });
      const { spec: made } = (await api.get<{ spec: { clusterIP: string } }>(
        "/api/v1/namespaces/shop/services/server",
      )) ?? { spec: { clusterIP: "" } };
      await enforce({ ...protectServer, ingress: [{ from: [friend] }] });
      await expect([
        ["shop", "friend", `tcp ${made.clusterIP}:80`, "connected"],
        ["shop", "stranger", `tcp ${made.clusterIP}:80`, "timeout"],
        ["shop", "server", `tcp ${made.clusterIP}:80`, "connected"],
      ]);
    });

    it("select whole namespaces, and pods in them", async () => {
      const ops = { namespaceSelector: { matchLabels: { team: "ops" } } };
      await enforce({ ...protectServer, ingress: [{ from: [ops] }] });
      await expect([
        ["ops", "monitor", `tcp ${server}:8080`, "connected"],
        ["shop", "friend", `tcp ${server}:8080`, "timeout"],
      ]);
      await enforce({ ...protectServer, ingress: [{ from: [{ ...ops, ...friend }] }] });
      await expect([
        ["ops", "monitor", `tcp ${server}:8080`, "timeout"],
        ["shop", "friend", `tcp ${server}:8080`, "timeout"],
      ]);
    });

    it("are in force before a new pod's first packet, both ways", async () => {
      await enforce({ ...protectServer, ingress: [{ from: [friend] }] });
      await remove(api, "/api/v1/namespaces/shop/pods/friend");
      const target = `tcp ${server}:8080`;
      const eager = probePod("shop", "friend", image, undefined, `${server}:8080`);
      await startPods(api, [eager]);
      await expect([["shop", "friend", target, "connected"]]);
      const took = Number(await ask(api, "shop", "friend", "/first"));
      assert.ok(took < 900, `its first connection took ${took} ms: a packet was dropped and sent again after a second`);
    });

    it("follow address blocks, their exceptions and port ranges", async () => {
      const { address } = await ready(api, "/api/v1/namespaces/shop/pods/friend");
      const from = [{ ipBlock: { cidr: "10.244.0.0/24", except: [`${address}/32`] } }];
      await enforce({ ...protectServer, ingress: [{ from, ports: [{ protocol: "TCP", port: 9000, endPort: 9100 }] }] });
      await expect([
        ["shop", "stranger", `tcp ${server}:9090`, "connected"],
        ["shop", "stranger", `tcp ${server}:8080`, "timeout"],
        ["shop", "friend", `tcp ${server}:9090`, "timeout"],
      ]);
    });

    it("hold back what a pod may not send to, the API server included", async () => {
      await enforce({
        podSelector: { matchLabels: { app: "stranger" } },
        policyTypes: ["Egress"],
        egress: [{ to: [{ podSelector: { matchLabels: { app: "server" } } }], ports: [{ port: "web" }] }],
      });
      const monitor = (await ready(api, "/api/v1/namespaces/ops/pods/monitor")).address;
      await expect([
        ["shop", "stranger", `tcp ${server}:8080`, "connected"],
        ["shop", "stranger", `tcp ${server}:9090`, "timeout"],
        ["shop", "stranger", `tcp ${monitor}:8080`, "timeout"],
        ["shop", "stranger", "tcp 10.96.0.1:443", "timeout"],
        ["shop", "friend", "tcp 10.96.0.1:443", "connected"],
        ["ops", "monitor", `tcp ${server}:8080`, "connected"],
      ]);
    });

    it("cannot be gone around over IPv6, not even by a pod that switches it on again", async () => {
      const { address } = await ready(api, "/api/v1/namespaces/shop/pods/stranger");
      const gateway = await linkLocalOf(netns, await deviceTo(netns, address));
      const doors = [apiServerPort, kubeletPort].map((port) => `tcp [${gateway}%eth0]:${port}`);
      const open = async () => {
        const results = await Promise.all(doors.map(async (door) => [door, await dial(api, "shop", "stranger", door)]));
        return results.filter(([, result]) => result === "connected");
      };
      assert.deepEqual(await open(), []);
      await ipv6On(podNamespace(name, "stranger"));
      assert.deepEqual(await open(), []);
    });

    it("stand before daemons that listen on the addresses they need only, and never for IPv6", () => {
      const loopback = "127.0.0.1";
      const node = addresses(config).node;
      const beyond = listenersOf(name).filter(({ address }) => address !== loopback);
      assert.deepEqual(
        beyond.map(({ address, port }) => `${address}:${port}`),
        [`${node}:${apiServerPort}`, `${node}:${kubeletPort}`],
      );
    });

    it("hold a pod that starts while nobody enforces them, and let it go once somebody does", async () => {
      const path = "/api/v1/namespaces/shop/pods/late";
      const letUp = await keepDown(name, "network-policy-controller");
      await api.apply(path, probePod("shop", "late", image, undefined, `${server}:8080`));
      await sleep(10_000);
      assert.deepEqual(await started(api, path), [], "a container runs although nobody enforces its policies");
      await expect([["shop", "friend", `tcp ${server}:8080`, "connected"]]);
      await letUp();
      await ready(api, path);
      await expect([["shop", "late", `tcp ${server}:8080`, "connected"]]);
    });
  },
);

async function dial(api: ApiClient, space: string, pod: string, target: string): Promise<string> {
  const [network, address] = target.split(" ");
  return await ask(api, space, pod, `/dial?network=${network}&address=${encodeURIComponent(address ?? "")}`);
}
