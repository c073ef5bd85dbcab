import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULTS } from "../../model/defaults.ts";
import { fishdelivery } from "../../systems/fishdelivery/system.ts";
import type { Launched } from "./launched.ts";
import { during, startLightLoad, startLoad } from "./light-load.ts";
import type { Pods } from "./pods.ts";
import { eventually, type Shop } from "./shop.ts";

/** A running fishdelivery and the ways in. */
export interface Running {
  readonly launched: Launched;
  readonly shop: Shop;
  readonly pods: Pods;
}

const { liveness } = DEFAULTS.probe;
/** Until a hanging container has been found out and killed, with a few seconds for the kubelet. */
const HANG_SECONDS =
  liveness.value.periodSeconds * liveness.value.failureThreshold + DEFAULTS.rollout.graceSeconds.value + 30;
const { rateLimit } = fishdelivery.entry;

/** Proofs of checklist items that need the running system but no new version of it. A hang takes a minute to be found out, so it comes first and is looked at last. */
export function proveChecklist(running: () => Running): void {
  let hanging: string;
  let restartsBefore: Readonly<Record<string, number>>;

  /** Restarts of every pod that is ready, by its name. */
  const restarts = async (): Promise<Record<string, number>> => {
    const { launched } = running();
    const lines = await launched.kubectl(
      "get",
      "pods",
      "-o",
      'jsonpath={range .items[*]}pod/{.metadata.name} {.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].ready}{"\\n"}{end}',
    );
    return Object.fromEntries(
      lines
        .trim()
        .split("\n")
        .map((line) => line.split(" "))
        .filter(([, , ready]) => ready === "true")
        .map(([pod = "", count]) => [pod, Number(count)]),
    );
  };

  /** One value of a Secret of the system, found by its labels. */
  const secret = async (labels: string, key: string): Promise<string> => {
    const encoded = await running().launched.kubectl(
      "get",
      "secrets",
      "-l",
      `app.kubernetes.io/${labels}`,
      "-o",
      `jsonpath={.items[0].data.${key}}`,
    );
    return Buffer.from(encoded, "base64").toString();
  };

  it("makes a container hang, to look at it below", async () => {
    const { pods } = running();
    restartsBefore = await restarts();
    hanging = (await pods.of("delivery"))[0] ?? "";
    await pods.fault(hanging, "POST", "/faults/hang", { seconds: 600 });
  });

  it("runs nothing that admission would not refuse: no root, no writable image", async () => {
    const { launched, pods } = running();
    await assert.rejects(
      launched.kubectl("run", "intruder", "--image=any", "--dry-run=server"),
      /violates PodSecurity "restricted:.*runAsNonRoot/s,
    );
    const [order = ""] = await pods.of("order");
    assert.notEqual(await pods.evaluate(order, "console.log(process.getuid())"), "0");
    assert.equal(
      await pods.evaluate(
        order,
        'try{require("fs").writeFileSync("/app/x","");console.log("written")}catch(e){console.log(e.code)}',
      ),
      "EROFS",
    );
  });

  it("gives a service no right to another one's tables, and none to change its own", async () => {
    const { launched } = running();
    const password = await secret("component=service,app.kubernetes.io/name=delivery", "DATABASE_PASSWORD");
    const asDelivery = (statement: string) =>
      launched.kubectl(
        "exec",
        "mariadb-0",
        "-c",
        "mariadb",
        "--",
        "mariadb",
        "-h127.0.0.1",
        "-udelivery",
        `-p${password}`,
        "-e",
        statement,
      );
    await asDelivery("SELECT COUNT(*) FROM delivery.deliveries");
    await assert.rejects(asDelivery("SELECT * FROM payment.payments"), /ERROR 1142|denied/);
    await assert.rejects(asDelivery("DROP TABLE delivery.deliveries"), /ERROR 1142|denied/);
  });

  it("shows no password: not in the state, not in a preview, not in a log", async () => {
    const { launched } = running();
    const passwords = [
      await secret("component=store,app.kubernetes.io/name=mariadb", "root-password"),
      await secret("component=service,app.kubernetes.io/name=order", "DATABASE_PASSWORD"),
    ];
    const preview = await launched.pulumi("preview", "-s", "dev", "--diff");
    const state = await launched.pulumi("stack", "export", "-s", "dev");
    const logs = await launched.kubectl(
      "logs",
      "-l",
      "app.kubernetes.io/managed-by=slipway",
      "--all-containers",
      "--tail=-1",
      "--max-log-requests=50",
      "--prefix",
    );
    for (const { output } of [preview, state, { output: logs }])
      assert.ok(
        output.length > 100 && passwords.every((password) => password.length >= 20 && !output.includes(password)),
      );
  });

  it("answers a query by label with everything that was declared, and keeps nothing in the default namespace", async () => {
    const { launched } = running();
    const kinds =
      "deployments,statefulsets,services,configmaps,secrets,persistentvolumeclaims,horizontalpodautoscalers,poddisruptionbudgets,networkpolicies";
    const names = async (...args: string[]) =>
      (await launched.kubectl("get", kinds, "-o", "name", ...args)).trim().split("\n").toSorted();
    const labelled = await names("-l", "app.kubernetes.io/part-of=fishdelivery,app.kubernetes.io/managed-by=slipway");
    assert.deepEqual(
      (await names()).filter((name) => !/configmap\/kube-root-ca\.crt$/.test(name)),
      labelled,
    );
    assert.deepEqual(
      (await names("-n", "default")).filter((name) => !/kube-root-ca\.crt$/.test(name)),
      ["service/kubernetes"],
    );
  });

  it("leads to nothing but the declared routes", async () => {
    const { shop } = running();
    for (const path of ["/faults", "/healthz/live", "/metrics", "/nothing"])
      assert.equal((await shop.send("GET", path)).status, 404, path);
  });

  it("adds replicas under load, and fails no request meanwhile", async () => {
    const { launched, shop, pods } = running();
    const autoscaler = (
      await launched.kubectl("get", "hpa", "-l", "app.kubernetes.io/name=mypage", "-o", "name")
    ).trim();
    const read = (path: string) => launched.kubectl("get", autoscaler, "-o", `jsonpath={${path}}`);
    await eventually(
      "the autoscaler to measure",
      async () =>
        /^\d+$/.test(await read(".status.currentMetrics[0].resource.current.averageUtilization")) || undefined,
    );
    for (const pod of await pods.of("mypage")) await pods.fault(pod, "PUT", "/faults", { cpuMs: 8 });
    const load = startLoad({ perSecond: rateLimit.perSecond * 0.8, seconds: 120 }, () => [
      "/myPages",
      shop.send("GET", "/myPages?size=1"),
    ]);
    const { sent, failures } = await during(load, async () => {
      const most = await read(".spec.maxReplicas");
      await eventually(
        "all replicas to be there",
        async () => (await read(".status.currentReplicas")) === most || undefined,
        90,
      );
      await pods.untilReady("mypage");
    });
    assert.ok(failures.length <= sent / 1000, `${failures.length} of ${sent}: ${failures.slice(0, 5).join("; ")}`);
  });

  it("answers a request of five seconds although its pod is told to stop", async () => {
    const { launched, shop, pods } = running();
    const slow = await pods.of("mypage");
    for (const pod of slow) await pods.fault(pod, "PUT", "/faults", { delayMs: 5000 });
    const answer = shop.send("GET", "/myPages?size=1");
    await launched.kubectl("delete", ...slow, "--wait=false");
    assert.equal((await answer).status, 200);
    await launched.kubectl("wait", "--for=delete", ...slow, "--timeout=60s");
    await pods.untilReady("mypage");
  });

  it("gives up one pod of a service at a time for a drain, and fails no request meanwhile", async () => {
    const { launched, shop, pods } = running();
    const evict = (pod: string) => {
      const name = pod.slice("pod/".length);
      const file = join(launched.folder, ".slipway", "eviction.json");
      writeFileSync(
        file,
        JSON.stringify({ apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace: "fishdelivery" } }),
      );
      return launched.kubectl("create", "--raw", `/api/v1/namespaces/fishdelivery/pods/${name}/eviction`, "-f", file);
    };
    const [first = "", second = ""] = await pods.of("order");
    const { failures } = await during(startLightLoad(shop), async () => {
      await evict(first);
      await assert.rejects(evict(second), /Cannot evict pod as it would violate the pod's disruption budget/);
      await launched.kubectl("wait", "--for=delete", first, "--timeout=60s");
      await eventually("the second pod to be given up", () => evict(second), 60);
      await launched.kubectl("wait", "--for=delete", second, "--timeout=60s");
      await pods.untilReady("order");
    });
    assert.deepEqual(failures, []);
  });

  it("restarts a container that hangs, and no other", async () => {
    const { launched, pods } = running();
    await eventually(
      `${hanging} to be restarted`,
      async () => (await restarts())[hanging] === (restartsBefore[hanging] ?? 0) + 1 || undefined,
      HANG_SECONDS,
    );
    await pods.untilReady("delivery");
    const now = await restarts();
    for (const [pod, count] of Object.entries(restartsBefore))
      if (pod !== hanging && pod in now) assert.equal(now[pod], count, pod);
    assert.match(
      await launched.kubectl(
        "get",
        "events",
        "--field-selector",
        `involvedObject.name=${hanging.slice("pod/".length)},reason=Unhealthy`,
        "-o",
        "jsonpath={.items[*].message}",
      ),
      /Liveness probe failed/,
    );
  });

  it("limits what one client may ask, and says when to come back", async () => {
    const { shop } = running();
    const seconds = 10;
    const stop = startLoad({ perSecond: rateLimit.perSecond * 2, seconds }, () => [
      "/orders",
      shop.send("GET", "/orders?size=1"),
    ]);
    await new Promise((done) => setTimeout(done, seconds * 1000));
    const { sent, failures, limited } = await stop();
    assert.ok(limited.length > 0, `none of ${sent} requests was refused`);
    assert.ok(limited.every(({ headers }) => Number(headers.get("retry-after")) > 0));
    assert.equal(
      failures.length,
      limited.length,
      failures.find((failure) => !failure.includes(": 429 ")),
    );
    assert.ok(
      sent - failures.length >= 0.95 * rateLimit.perSecond * seconds,
      `${sent - failures.length} of ${sent} were answered`,
    );
    await new Promise((done) => setTimeout(done, (1000 * rateLimit.burst) / rateLimit.perSecond)); // the next test is another client
  });
}
