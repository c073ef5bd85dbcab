import assert from "node:assert/strict";
import { bringWorkshop } from "./bring-workshop.ts";
import { Launched } from "../live/launched.ts";
import { during, startLoad, type StopLoad } from "../live/light-load.ts";
import { callGrpc } from "./call-grpc.ts";
import { Pods } from "../live/pods.ts";
import { eventually, Shop } from "../live/shop.ts";

const live = process.env["SLIPWAY_LIVE_TESTS"] === "1";
const SYSTEM = "systems/workshop/system.ts";

describe(
  live
    ? "programs that nobody here wrote, on a real cluster"
    : "programs that nobody here wrote, on a real cluster (skipped: it needs root and SLIPWAY_LIVE_TESTS=1, as `npm test` sets it)",
  function () {
    this.timeout(1_500_000); // BuildKit and five base images may have to be made first
    let launched: Launched;
    let shop: Shop;
    let pods: Pods;

    const up = async () => {
      const { code, output } = await launched.slipway("up", "dev");
      assert.equal(code, 0, output);
    };
    /** Fifty reads a second of programs in Python and Java, through the public entry. */
    const reads = (): StopLoad =>
      startLoad({ perSecond: 50, seconds: 300 }, (index) => {
        const path = index % 2 === 0 ? "/tickets" : "/parts";
        return [path, shop.send("GET", path)];
      });
    const failsNone = async (work: () => Promise<void>, atLeast: number) => {
      const { sent, failures } = await during(reads(), work);
      assert.ok(sent > atLeast, `only ${sent} requests were sent`);
      assert.deepEqual(failures, []);
    };

    before(async function () {
      if (!live) return this.skip();
      launched = new Launched("off", "workshop");
      shop = new Shop(launched.entry);
      pods = new Pods(launched);
      bringWorkshop(launched);
      const cluster = await launched.clusterUp();
      assert.equal(cluster.code, 0, cluster.output);
    });

    after(async () => {
      if (live) await launched.remove();
    });

    it("come up with one command: Python, Java, Go, a ready image, a worker and a job", up);

    it("answer through the entry, each in its own words, with the facts of its neighbours", async () => {
      assert.equal((await shop.send("POST", "/tickets", { bicycle: "red" })).status, 201);
      assert.deepEqual((await shop.send("GET", "/tickets")).body, { count: 1 });
      const { body } = await shop.send("GET", "/tickets/greeting");
      assert.deepEqual(body, { welcome: "Welcome to the workshop", hours: "9 to 17", signed: true });
      assert.deepEqual((await shop.send("POST", "/parts")).body, { count: 1 });
      assert.equal((await shop.send("GET", "/hours/hours.txt")).status, 200);
      assert.equal(
        (await shop.send("GET", "/hours/metrics/hours.txt")).status,
        404,
        "its root is public, but not this",
      );
    });

    it("keep a client with one replica of two where they say so, by a cookie", async () => {
      await eventually("the second replica", async () => (await pods.of("tickets")).length > 1 || undefined);
      await pods.untilReady("tickets");
      const first = await shop.send("GET", "/tickets/replica");
      const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
      assert.match(cookie, /^slipway-replica=/);
      const seen = async (headers: Record<string, string>) => {
        const answers = await Promise.all(
          Array.from({ length: 12 }, () => shop.send("GET", "/tickets/replica", undefined, headers)),
        );
        return new Set(answers.map(({ body }) => body["replica"])).size;
      };
      assert.equal(await seen({ cookie }), 1);
      await eventually("others to meet the other one", async () => (await seen({})) === 2 || undefined);
    });

    it("answer gRPC through the entry, with its trailers", async () => {
      const repair = Buffer.from([0x0a, 5, ...Buffer.from("brake")]); // a StringValue
      const { message, status } = await callGrpc(launched.entry, "/workshop.Prices/Of", repair);
      assert.deepEqual([[...message], status], [[0x08, 50], "0"]); // an Int64Value
    });

    it("ask each other by gRPC, and write to Redis with the rights that are theirs", async () => {
      await eventually("the worker to write a price", async () => {
        const log = await launched.kubectl("logs", await pods.deployment("restock"), "--tail=3");
        return log.includes("brake costs 50 (<nil>)") || undefined;
      });
    });

    it("run at their times, and again when somebody asks", async () => {
      const cron = (await launched.kubectl("get", "cronjobs", "-o", "name")).trim();
      await launched.kubectl("create", "job", "asked", `--from=${cron}`);
      await launched.kubectl("wait", "--for=condition=Complete", "job/asked", "--timeout=90s");
      assert.match(await launched.kubectl("logs", "job/asked"), /^DELETE 0/);
    });

    it("reach nothing but what their description names", async () => {
      const script = (host: string, port: number) =>
        `import socket; s = socket.socket(); s.settimeout(3); print(s.connect_ex(("${host}", ${port})))`;
      const [ticket = ""] = await pods.of("tickets");
      const tries = async (host: string, port: number) =>
        (await launched.kubectl("exec", ticket, "--", "python", "-c", script(host, port))).trim();
      assert.equal(await tries("postgres", 5432), "0");
      for (const [host, port] of [
        ["mariadb", 3306],
        ["prices", 50_051],
      ] as const)
        assert.notEqual(await tries(host, port), "0", host);
    });

    it("roll out a setting under 50 requests a second, and fail none", async () => {
      launched.edit(
        SYSTEM,
        "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: 3",
        "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: 2",
      );
      launched.edit(SYSTEM, "Welcome to the workshop", "Welcome again");
      await failsNone(up, 500);
      const { body } = await shop.send("GET", "/tickets/greeting");
      assert.equal((body as { welcome?: string }).welcome, "Welcome again");
    });

    it("fail no read when a pod of two is deleted", async () => {
      const [first = ""] = await pods.of("tickets");
      await failsNone(async () => {
        await launched.kubectl("delete", first, "--wait=true");
        await pods.untilReady("tickets");
      }, 150);
    });

    it("go on in their old version when an update fails, which says of each new one what is wrong", async () => {
      launched.edit(SYSTEM, 'http.server", "8080"', 'http.server", "8081"');
      launched.edit("systems/workshop/tickets/migrate.py", "asyncio.run(main())", 'raise SystemExit("no such column")');
      launched.edit(
        SYSTEM,
        'from: { build: "./stock" },',
        'from: { build: "./stock" },\n      run: ["sh", "-c", "sleep 75; exec java -XX:TieredStopAtLevel=1 -jar /app/stock.jar"],',
      );
      const { code, output } = await launched.slipway("up", "dev");
      assert.equal(code, 1, output);
      assert.match(output, /no such column/);
      assert.match(output, /pod workshop-board\S* is not ready/);
      assert.match(output, /its programs listen on TCP 8081/);
      for (const path of ["/hours/hours.txt", "/tickets"]) assert.equal((await shop.send("GET", path)).status, 200);
    });

    it("are left alone while they start slowly", async () => {
      const deployment = await pods.deployment("stock");
      await launched.kubectl("rollout", "status", deployment, "--timeout=180s");
      const read = (path: string, ...what: string[]) =>
        launched.kubectl("get", ...what, "-o", `jsonpath={${path}}`).then((text) => text.trim());
      assert.match(await read(".spec.template.spec.containers[0].command", deployment), /sleep 75/);
      const restarts = ".status.containerStatuses[0].restartCount";
      for (const pod of await pods.of("stock")) assert.equal(await read(restarts, pod), "0", pod);
    });
  },
);
