import assert from "node:assert/strict";
import { join } from "node:path";
import { planSystem } from "../model/plan.ts";
import { liveGaps } from "../monitors/proving/live-gaps.ts";
import { TIMING } from "../monitors/timing.ts";
import { fishdelivery } from "../systems/fishdelivery/system.ts";
import { Faults } from "./live/faults.ts";
import { JUDGED } from "./live/judged-ratios.ts";
import { Launched } from "./live/launched.ts";
import { startLightLoad, type StopLoad } from "./live/light-load.ts";
import { Mailbox } from "./live/mailbox.ts";
import { eventually, Shop } from "./live/shop.ts";
import { Watch } from "./live/watch.ts";

const live = process.env["SLIPWAY_SOAK_TESTS"] === "1";
/** All of it takes about twenty minutes, ten of which are the quiet ones. */
const QUIET_MINUTES = Number(process.env["SLIPWAY_QUIET_MINUTES"] ?? 10);
const LOAD_SECONDS = (QUIET_MINUTES + 15) * 60;

const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

describe(
  live
    ? "the alerting of a running system"
    : "the alerting of a running system (skipped: it takes twenty minutes and needs root; `npm test -- --soak` runs it)",
  function () {
    this.timeout(600_000);
    const scope = { plan: planSystem(fishdelivery, "dev"), timing: TIMING.lab, stores: "pods" } as const;
    let launched: Launched;
    let shop: Shop;
    let watch: Watch;
    let faults: Faults;
    let mailbox: Mailbox;
    let stopLoad: StopLoad = async () => ({ sent: 0, failures: [], limited: [] });

    before(async function () {
      if (!live) return this.skip();
      this.timeout(1_800_000); // Prometheus may have to be built first
      launched = new Launched("lab");
      const kubeconfig = join(launched.folder, ".slipway/state/slipway/clusters", launched.cluster, "kubeconfig");
      const cluster = await launched.clusterUp();
      assert.equal(cluster.code, 0, cluster.output);
      const up = await launched.slipway("up", "dev");
      assert.equal(up.code, 0, up.output);
      shop = new Shop(launched.entry);
      watch = new Watch(kubeconfig);
      faults = new Faults(launched, watch);
      mailbox = new Mailbox(watch);
      const ready = () =>
        launched.kubectl(
          "-n",
          "monitoring",
          "get",
          "pods",
          "-o",
          'jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}',
        );
      await eventually("the monitoring to be ready", async () => /^(True ?){6}$/.test(await ready()) || undefined, 300);
      stopLoad = startLightLoad(shop, LOAD_SECONDS);
    });

    after(async () => {
      await stopLoad();
      watch?.close();
      await launched?.remove();
    });

    it("has every metric, label and panel that is written somewhere within two minutes of traffic", async () => {
      const gaps = () => liveGaps(scope, async (query) => (await watch.ask(query)).length, "60s");
      let found = await gaps();
      for (
        const end = Date.now() + 120_000;
        Date.now() < end && Object.values(found).some((list) => list.length > 0);
        found = await gaps()
      ) {
        await useEverything();
        await pause(3);
      }
      assert.deepEqual(found, { metrics: [], labels: [], panels: [] });
    });

    it("changes nothing when nothing has changed", async () => {
      const { code, output } = await launched.slipway("up", "dev");
      assert.equal(code, 0, output);
      assert.match(output, /: \d+ unchanged; policies passed/);
    });

    it("costs no more than it may", async () => {
      const most = async (query: string) => Math.max(...(await watch.ask(query)).map(({ value }) => Number(value[1])));
      assert.ok(
        (await most(
          'sum(container_memory_working_set_bytes{namespace="monitoring",container=~"prometheus|alertmanager"})',
        )) <=
          350 * 2 ** 20,
      );
      assert.ok(
        (await most(
          `sum(quantile_over_time(0.5, prometheus_rule_group_last_duration_seconds{rule_group=~".*${scope.plan.name}.*"}[2m]))`,
        )) <= 0.1,
      );
    });

    it(`is silent for ${QUIET_MINUTES} minutes of healthy load, but for its heartbeat`, async function () {
      this.timeout((QUIET_MINUTES + 4) * 60_000);
      await eventually(
        "the alerts of the start to be over",
        async () => (await watch.ask('ALERTS{alertstate="firing",severity!~"none|info"}')).length === 0 || undefined,
        150,
      );
      await pause(2 * TIMING.lab.ticket.interval); // what was said last may still be on its way
      const last = await mailbox.newest();
      await pause(QUIET_MINUTES * 60);
      // The node is this machine, whose disk and processor may really be at their limit with something else.
      assert.deepEqual(
        (await mailbox.since(last))
          .map(({ subject }) => subject)
          .filter((subject) => !/disk of node|Node \S+ is at its limit/.test(subject)),
        [],
      );
      const { heartbeat } = (await watch.get("mail-sink", 8025, "/mails.json")) as { heartbeat: string };
      assert.ok(Date.now() - Date.parse(heartbeat) < 60_000, `the last heartbeat came at ${heartbeat}`);
    });

    it("tells once that it is broken and once that it is over: a dead service, errors, slowness and lag of four services", async () => {
      await eventually(
        "ratios that mean something",
        async () => (await watch.ask(JUDGED)).length > 0 || undefined,
        300,
      );
      await mailbox.tells([
        {
          title: "dead service",
          subject: /delivery is down/,
          broken: () => faults.kill("delivery"),
          repair: () => faults.revive("delivery", 1),
        },
        {
          title: "errors",
          subject: /page: mypage burns its availability/,
          broken: () => faults.inject("mypage", { errorRate: 0.5 }),
          repair: () => faults.heal("mypage"),
        },
        {
          title: "slowness",
          subject: /page: order burns its latency/,
          broken: () => faults.inject("order", { delayMs: 900 }),
          repair: () => faults.heal("order"),
        },
        {
          title: "lag",
          subject: /payment is behind on/,
          broken: () => faults.blockConsumer("payment"),
          repair: () => faults.unblockConsumers(),
        },
      ]);
    });

    it("tells once of each store that is down, and nothing of the services that need it", async () => {
      const last = await mailbox.newest();
      await mailbox.tells([
        {
          title: "database",
          subject: /MariaDB is down/,
          broken: () => faults.killStore("mariadb"),
          repair: () => faults.reviveStore("mariadb"),
        },
        {
          title: "broker",
          subject: /Kafka is down/,
          broken: () => faults.killStore("kafka"),
          repair: () => faults.reviveStore("kafka"),
        },
      ]);
      await pause(60); // what burn rates remember of it is no news either
      const pages = (await mailbox.since(last))
        .map(({ subject }) => subject)
        .filter((subject) => /^\[FIRING\] page/.test(subject));
      assert.deepEqual(
        pages.filter((subject) => !/MariaDB|Kafka/.test(subject)),
        [],
      );
    });

    it("notices its own end: Prometheus gone", async () => {
      await mailbox.tells([
        {
          title: "Prometheus",
          subject: /The alerting (is silent|works again)/,
          broken: () => faults.stopPrometheus(),
          repair: () => faults.startPrometheus(),
        },
      ]);
    });

    it("says over another way that mails fail: a wrong password", async () => {
      const last = await mailbox.newest();
      const before = await faults.wrongMailPassword();
      try {
        const first = await eventually(
          "word of failing mails",
          () => mailbox.about(last, (subject) => /Messages by email fail \(not by mail\)/.test(subject)),
          120,
        );
        assert.match(first.subject, /^\[FIRING\] page/);
      } finally {
        await faults.mailPassword(before);
      }
      await eventually(
        "mails to arrive again",
        () => mailbox.about(last, (subject) => /^\[FIRING\].*Messages by email fail(?! \(not)/.test(subject)),
        120,
      );
    });

    it("keeps its history and its silences when its pods are deleted", async () => {
      const now = Date.now();
      const silence = {
        matchers: [{ name: "service", value: "nobody", isRegex: false }],
        startsAt: new Date(now),
        endsAt: new Date(now + 600_000),
        createdBy: "test",
        comment: "test",
      };
      const { silenceID } = (await watch.get("alertmanager", 9093, "/api/v2/silences", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(silence),
      })) as { silenceID: string };
      const pods = ["pod/prometheus-0", "pod/alertmanager-0"];
      await launched.kubectl("-n", "monitoring", "delete", ...pods);
      await launched.kubectl("-n", "monitoring", "wait", "--for=condition=Ready", ...pods, "--timeout=120s");
      assert.ok((await watch.ask(`up @ ${Math.floor(now / 1000)}`)).length > 0, "nothing is known of the time before");
      const { status } = (await watch.get("alertmanager", 9093, `/api/v2/silence/${silenceID}`)) as {
        status: { state: string };
      };
      assert.equal(status.state, "active");
    });

    /** One order to its door, and a look at what every service keeps. */
    async function useEverything(): Promise<void> {
      const id = await shop.order();
      await shop.store(id, "TAKEN");
      await shop.store(id, "PREPARED");
      await shop.deliver(id);
      for (const path of ["/payments", "/fishstores", "/deliveries", "/orders", "/myPages"])
        await shop.send("GET", `${path}?size=1`);
    }
  },
);
