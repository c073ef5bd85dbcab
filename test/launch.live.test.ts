import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { proveCanceling } from "./live/canceling.ts";
import { proveChecklist } from "./live/checklist.ts";
import { proveEdges } from "./live/edges.ts";
import { type Answer, Launched } from "./live/launched.ts";
import { proveOutages } from "./live/outages.ts";
import { Pods } from "./live/pods.ts";
import { proveRollouts } from "./live/rollouts.ts";
import { proveStores } from "./live/stores.ts";
import { eventually, Shop } from "./live/shop.ts";
import { proveStarting } from "./live/starting.ts";

const live = process.env["SLIPWAY_LIVE_TESTS"] === "1";

describe(
  live
    ? "fishdelivery on a real cluster"
    : "fishdelivery on a real cluster (skipped: it needs root and SLIPWAY_LIVE_TESTS=1, as `npm test` sets it)",
  function () {
    this.timeout(600_000);
    let launched: Launched;
    let shop: Shop;
    let pods: Pods;
    const running = () => ({ launched, shop, pods });

    before(async function () {
      if (!live) return this.skip();
      launched = new Launched();
      shop = new Shop(launched.entry);
      pods = new Pods(launched);
      const cluster = await launched.clusterUp();
      assert.equal(cluster.code, 0, cluster.output);
    });

    after(async () => {
      if (live) await launched.remove();
    });

    proveStarting(running);
    proveCanceling(running);
    proveOutages(running);
    proveRollouts(running);
    proveEdges(running);

    const payment = "systems/fishdelivery/services/payment.ts";
    let sound: string;
    let hopeless: Promise<Answer>;
    it("begins an update whose new version never becomes ready, to look at it below", async () => {
      sound = readFileSync(`${launched.folder}/${payment}`, "utf8");
      launched.edit(
        payment,
        /^/,
        'if (process.argv[2] !== "migrate") {\n  console.log("this version cannot start");\n  await new Promise(() => setInterval(() => undefined, 1000));\n}\n',
      );
      hopeless = launched.slipway("up", "dev");
      await eventually("the new version to be tried", async () => (await pods.of("payment")).length > 2 || undefined);
    });

    proveChecklist(running); // meanwhile: giving up takes the update two minutes

    it("keeps the old version serving when a new one never becomes ready, and says why", async () => {
      try {
        assert.equal((await shop.tryOrder()).status, 201);
        const { code, output } = await hopeless;
        assert.equal(code, 1, output);
        assert.match(output, /pod fishdelivery-payment\S* is not ready/);
        assert.match(output, /Startup probe failed/);
        assert.match(output, /this version cannot start/);
        assert.equal((await shop.tryOrder()).status, 201);
      } finally {
        launched.edit(payment, /^[\s\S]*$/, sound.replaceAll("$", "$$$$"));
        const repaired = await launched.slipway("up", "dev");
        assert.equal(repaired.code, 0, repaired.output);
      }
    });

    it("obeys plain pulumi in the shell that `slipway env` makes", async () => {
      const unchanged = await launched.pulumi("up", "-s", "dev", "--yes", "--expect-no-changes");
      assert.equal(unchanged.code, 0, unchanged.output);
      const { KUBECONFIG = "" } = await launched.shell(); // without it kubectl asks what answers at 127.0.0.1:8080: the entry
      assert.ok(KUBECONFIG.endsWith(`/clusters/${launched.cluster}/kubeconfig`), KUBECONFIG);
    });

    proveStores(running);

    it("keeps its data over down and up", async () => {
      const id = await shop.order();
      await shop.reaches(`/myPages/${id}`, "PAID");
      const down = await launched.slipway("down", "dev");
      assert.equal(down.code, 0, down.output);
      const again = await launched.slipway("up", "dev");
      assert.equal(again.code, 0, again.output);
      await shop.reaches(`/orders/${id}`, "PAID");
    });

    it("is gone after plain `pulumi destroy`", async () => {
      const { code, output } = await launched.pulumi("destroy", "-s", "dev", "--yes");
      assert.equal(code, 0, output);
      assert.equal((await launched.kubectl("get", "namespace", "fishdelivery", "--ignore-not-found")).trim(), "");
    });
  },
);
