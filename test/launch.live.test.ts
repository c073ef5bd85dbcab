import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { proveChecklist } from "./live/checklist.ts";
import { type Answer, Launched } from "./live/launched.ts";
import { during, startLightLoad } from "./live/light-load.ts";
import { Pods } from "./live/pods.ts";
import { eventually, Shop } from "./live/shop.ts";

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

    /** Runs a service at zero replicas for a while; whatever happens meanwhile, it comes back. */
    async function without<T>(service: string, replicas: number, work: () => Promise<T>): Promise<T> {
      const target = await pods.deployment(service);
      await launched.kubectl("scale", target, "--replicas=0");
      try {
        await eventually(`${service} to be gone`, async () => (await pods.of(service)).length === 0 || undefined);
        return await work();
      } finally {
        await launched.kubectl("scale", target, `--replicas=${replicas}`);
        await eventually(`${service} to have pods again`, async () => (await pods.of(service)).length > 0 || undefined);
        await pods.untilReady(service);
      }
    }

    for (const [when, line] of [
      ["it looked for tools", /\S/],
      ["it previewed", /judged by the policies \(/],
      ["it made the first objects", /Namespace.*created/s],
      ["it made the stores", /StatefulSet.*creating/s],
    ] as const) {
      it(`may be killed when ${when}`, async () => {
        await launched.killedAt(line, "start");
      });
    }

    it("may be stopped with Ctrl-C in the middle of an update, and leaves nothing half-made", async () => {
      const { code, output } = await launched.interruptedAt(/Deployment.*creating/s, "start");
      assert.equal(code, 1, output);
      assert.match(output, /cancel/i);
      const { output: state } = await launched.pulumi("stack", "export", "-s", "dev");
      assert.doesNotMatch(state, /"pending_operations": \[\s*\{/);
    });

    it("comes up with one command, delivers an order and shows its events in their order", async () => {
      const { code, output } = await launched.slipway("start");
      assert.equal(code, 0, output);
      const published = [...output.matchAll(/publishes (\w+)/g)].map(([, event]) => event);
      assert.deepEqual(
        published.filter((event) => event !== "OrderPlaced" && event !== "PayApproved"),
        ["OrderTaken", "OrderPrepared", "DeliveryStarted", "DeliveryCompleted"],
      );
      assert.match(output, /Order \S+ is delivered/);
      assert.equal(output.match(/curl -s/g)?.length, 3);
    });

    it("keeps in its state where each resource is declared, as seen from the project's folder", async () => {
      const { output: state } = await launched.pulumi("stack", "export", "-s", "dev");
      const positions = [...state.matchAll(/"sourcePosition": "([^"]+)"/g)]
        .map(([, position = ""]) => position)
        .filter((position) => !position.includes("/node_modules/"));
      assert.ok(
        positions.some((position) => position.startsWith("project:///components/microservice.ts#")),
        positions[0],
      );
      assert.deepEqual(
        positions.filter((position) => !/^project:\/\/\/(components|stacks)\//.test(position)),
        [],
      );
    });

    it("has made nothing twice for having been killed", async () => {
      const label = (name: string) => `{.metadata.labels.app\\.kubernetes\\.io/${name}}`;
      const made = (
        await launched.kubectl(
          "get",
          "deployments,statefulsets,jobs,horizontalpodautoscalers",
          "-o",
          `jsonpath={range .items[*]}{.kind} ${label("name")} ${label("component")}{"\\n"}{end}`,
        )
      )
        .trim()
        .split("\n");
      assert.ok(made.length > 10, made.join("\n"));
      assert.deepEqual(
        made.filter((one, index) => made.indexOf(one) !== index),
        [],
      );
    });

    it("changes nothing when nothing has changed, and waits for another start that is under way", async () => {
      const runs = await Promise.all([launched.slipway("up", "dev"), launched.slipway("up", "dev")]);
      for (const { code, output } of runs) {
        assert.equal(code, 0, output);
        assert.match(output, /\d+ unchanged; policies passed/);
      }
      assert.equal(runs.filter(({ output }) => output.includes("Another slipway")).length, 1);
    });

    const steps: readonly [state: string, reach: (orderId: string) => Promise<void>][] = [
      ["PAID", async () => undefined],
      ["TAKEN", async (id) => shop.store(id, "TAKEN")],
      [
        "DELIVERING",
        async (id) => {
          await shop.store(id, "TAKEN");
          await shop.store(id, "PREPARED");
        },
      ],
    ];
    for (const [state, reach] of steps) {
      it(`takes an order back everywhere when it is canceled in state ${state}`, async () => {
        const id = await shop.order();
        await reach(id);
        await shop.reaches(`/orders/${id}`, state);
        const { status } = await shop.send("DELETE", `/orders/${id}`);
        assert.ok(status < 300, `cancel answered ${status}`);
        await shop.reaches(`/orders/${id}`, "CANCELED");
        await shop.reaches(`/myPages/${id}`, "CANCELED");
        await shop.rowReaches("/payments", id, "CANCELED");
        await shop.rowReaches("/fishstores", id, "CANCELED");
        assert.ok((await shop.rows("/deliveries", id)).every((row) => row["status"] === "CANCELED"));
      });
    }

    it("refuses to cancel what is delivered", async () => {
      const id = await shop.order();
      await shop.store(id, "TAKEN");
      await shop.store(id, "PREPARED");
      await shop.deliver(id);
      await shop.reaches(`/orders/${id}`, "DELIVERED");
      assert.equal((await shop.send("DELETE", `/orders/${id}`)).status, 409);
    });

    it("answers 503 with Retry-After and makes no order while payment is down, and recovers by itself", async () => {
      const orders = async () => Number((await shop.send("GET", "/orders?size=1")).body["total"]);
      const before = await orders();
      await without("payment", 2, async () => {
        const refused = await shop.tryOrder();
        assert.equal(refused.status, 503, JSON.stringify(refused.body));
        assert.ok(Number(refused.headers.get("retry-after")) > 0);
        assert.equal(await orders(), before);
      });
      await eventually("orders to be accepted again", async () => (await shop.tryOrder()).status === 201 || undefined);
    });

    it("delivers later what was ordered while delivery was down, and nothing twice", async () => {
      const ids = await without("delivery", 1, async () => {
        const ordered = await Promise.all(Array.from({ length: 5 }, () => shop.order()));
        for (const id of ordered) {
          await shop.store(id, "TAKEN");
          await shop.store(id, "PREPARED");
        }
        return ordered;
      });
      for (const id of ids) await shop.deliver(id);
      for (const id of ids) await shop.reaches(`/myPages/${id}`, "DELIVERED");
    });

    for (const store of ["mariadb", "kafka"]) {
      it(`loses no accepted order when the ${store} pod is deleted`, async () => {
        const accepted: string[] = [];
        for (let index = 0; index < 5; index++) accepted.push(await shop.order());
        await launched.kubectl("delete", "pod", "-l", `app.kubernetes.io/name=${store}`, "--grace-period=0", "--force");
        for (let index = 0; index < 10; index++) {
          const reply = await shop.tryOrder().catch(() => undefined); // refusals are allowed, losses are not
          if (reply?.status === 201) accepted.push(String(reply.body["orderId"]));
        }
        await pods.untilReady(store);
        for (const id of accepted) await shop.rowReaches("/fishstores", id, "RECEIVED");
        for (const id of accepted) await shop.reaches(`/myPages/${id}`, "PAID");
      });
    }

    const changes: readonly [what: string, file: string, from: RegExp, to: string, rolled: string][] = [
      ["a setting", "systems/fishdelivery/system.ts", /timeout: "\d+ms"/, 'timeout: "600ms"', "order"],
      ["an image", "systems/fishdelivery/services/mypage.ts", /^/, "// new version\n", "mypage"],
    ];
    for (const [what, file, from, to, rolled] of changes) {
      it(`rolls out ${what} without a failed request`, async () => {
        const before = await pods.of(rolled);
        launched.edit(file, from, to);
        const { sent, failures } = await during(startLightLoad(shop), async () => {
          const { code, output } = await launched.slipway("up", "dev");
          assert.equal(code, 0, output);
          await eventually(
            "the old pods to be gone",
            async () => (await pods.of(rolled)).every((pod) => !before.includes(pod)) || undefined,
          );
        });
        assert.ok(sent > 50, `only ${sent} requests were sent`);
        assert.deepEqual(failures, []);
      });
    }

    it("lets only declared edges through", async () => {
      const [delivery = ""] = await pods.of("delivery");
      assert.equal(await pods.connect(delivery, "kafka", 9092), "connected");
      assert.equal(await pods.connect(delivery, "mariadb", 3306), "connected");
      assert.equal(await pods.connect(delivery, "payment", 8080), "timeout");
      assert.equal(await pods.connect(delivery, "order", 8080), "timeout");
    });

    it("lets a pod that nobody declared reach neither a service nor its database nor Kafka", async () => {
      const stranger = await pods.runStranger(await pods.imageOf("order"));
      for (const [host, port] of [
        ["order", 8080],
        ["mariadb", 3306],
        ["kafka", 9092],
      ] as const)
        assert.equal(await pods.connect(stranger, host, port), "timeout", host);
      await launched.kubectl("delete", stranger, "--grace-period=0", "--force");
    });

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

    proveChecklist(() => ({ launched, shop, pods })); // meanwhile: giving up takes the update two minutes

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
    });

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
