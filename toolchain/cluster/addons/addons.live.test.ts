import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../machine/free-port.ts";
import { quiet, standardProgress } from "../../machine/progress.ts";
import { kubeconfigPath } from "../config/folders.ts";
import { apiClient, type ApiClient } from "../control-plane/api-client.ts";
import { type KubeObject, objectPath } from "../control-plane/object-path.ts";
import { clusterParts } from "../life/cluster-parts.ts";
import { clusterDown } from "../life/down.ts";
import { clusterUp } from "../life/up.ts";
import { gateway, route, service } from "../testing/live-objects.ts";
import { featuresAsked } from "../testing/route-features.ts";
import { ask, loadProbeImage, probePod, startPods } from "../testing/live-probe.ts";

const name = "live-addons";
/** What the pod in the other namespace answers to as well. */
const OTHER = "/lookup?name=kubernetes.default.svc";
const live = process.env["SLIPWAY_LIVE_TESTS"] === "1";

/** The entry of a namespace with one route: `/hello` of the shop, `/lookup` of another. */
function entryOf(namespace: string, path: string): KubeObject[] {
  return [service, gateway, route].map((object) => {
    const text = JSON.stringify({ ...object, metadata: { ...object.metadata, namespace } });
    return JSON.parse(text.replace("/hello", path)) as KubeObject;
  });
}

describe(
  live
    ? "the add-ons of an embedded cluster"
    : "the add-ons of an embedded cluster (skipped: it needs root and SLIPWAY_LIVE_TESTS=1, as `npm test` sets it)",
  function () {
    this.timeout(300_000);
    let api: ApiClient;
    let httpPort: number;

    before(async function () {
      if (!live) return this.skip();
      this.timeout(3600_000); // on a fresh machine the programs are built first, with progress shown
      await clusterParts(standardProgress());
      await clusterDown(name, { purge: true }, quiet);
      httpPort = await freePort();
      await clusterUp({ name, apiPort: await freePort(), httpPort, systems: ["shop"] }, quiet);
      api = apiClient(kubeconfigPath(name));
      const image = await loadProbeImage(name);
      const other: KubeObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "other" } };
      await api.apply(objectPath(other), other);
      await startPods(api, [probePod("shop", "server", image), probePod("other", "server", image)]);
    });

    after(async () => {
      if (live) await clusterDown(name, { purge: true }, quiet);
    });

    const status = async (path: string) => (await fetch(`http://127.0.0.1:${httpPort}${path}`)).status;
    const dial = (target: string, network = "tcp") =>
      ask(api, "shop", "server", `/dial?network=${network}&address=${target}`);

    it("answer every pod that asks for a name", async () => {
      await eventually(async () => (await ask(api, "shop", "server", "/lookup?name=kubernetes.default.svc")) !== "");
      assert.equal(await dial("kube-dns.kube-system:53"), "connected");
    });

    it("lead the routes of a system in, and nobody else's", async () => {
      const objects = [...entryOf("shop", "/hello"), ...entryOf("other", "/lookup")];
      for (const object of objects) await api.apply(objectPath(object), object);
      await eventually(async () => (await status("/hello")) === 200);
      assert.equal(await status(OTHER), 404);
    });

    it("have an entry that keeps all that the routes of systems ask of it", async () => {
      const said = await api.get<{ status: { supportedFeatures: { name: string }[] } }>(
        "/apis/gateway.networking.k8s.io/v1/gatewayclasses/traefik",
      );
      const supported = said?.status.supportedFeatures.map((feature) => feature.name) ?? [];
      const asked = featuresAsked();
      assert.ok(asked.includes("HTTPRouteMethodMatching"));
      assert.deepEqual(
        asked.filter((feature) => !supported.includes(feature)),
        [],
      );
    });

    it("go on measuring what pods use", async () => {
      const measured = () => api.get<{ items: unknown[] }>("/apis/metrics.k8s.io/v1beta1/nodes").catch(() => undefined);
      await eventually(async () => ((await measured())?.items.length ?? 0) > 0);
    });

    it("let no pod ask the entry, the figures or the name service's own ports", async () => {
      for (const target of ["traefik.traefik:80", "metrics-server.metrics-server:443", "kube-dns.kube-system:9153"])
        assert.equal(await dial(target), "timeout", target);
    });

    it("let the entry read Secrets where its systems are, and nowhere else", async () => {
      const readable = async (namespace: string): Promise<boolean> => {
        const answer = await api.send("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {
          apiVersion: "authorization.k8s.io/v1",
          kind: "SubjectAccessReview",
          spec: {
            user: "system:serviceaccount:traefik:traefik",
            groups: ["system:serviceaccounts"],
            resourceAttributes: { namespace, resource: "secrets", verb: "list" },
          },
        });
        return (JSON.parse(answer) as { status: { allowed: boolean } }).status.allowed;
      };
      assert.equal(await readable("shop"), true);
      for (const namespace of ["other", "kube-system", "metrics-server", "default", ""])
        assert.equal(await readable(namespace), false, namespace);
    });

    it("serve a system that is named later as well, and those of before without a pause", async () => {
      let [asked, failed, done] = [0, 0, false];
      const load = (async () => {
        for (; !done; asked++) if ((await status("/hello").catch(() => 0)) !== 200) failed++;
      })();
      await clusterUp({ name, systems: ["other"] }, quiet);
      done = true;
      await load;
      assert.deepEqual([failed, asked > 20], [0, true]);
      await eventually(async () => (await status(OTHER)) === 200);
    });
  },
);

async function eventually(holds: () => Promise<boolean>, seconds = 90): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(200))
    if (await holds().catch(() => false)) return;
  assert.fail(`not within ${seconds} s: ${holds.toString()}`);
}
