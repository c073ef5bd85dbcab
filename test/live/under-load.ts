import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULTS } from "../../model/defaults.ts";
import { planSystem } from "../../model/plan.ts";
import { fishdelivery } from "../../systems/fishdelivery/system.ts";
import { during, startLightLoad, startLoad } from "./light-load.ts";
import type { Running } from "./running.ts";
import { eventually } from "./shop.ts";

const rateLimit = planSystem(fishdelivery, "dev").entry?.rateLimit ?? { perSecond: 0, burst: 0 };

/** Proofs that replicas come and go without a failed request. */
export function proveReplicas(running: () => Running): void {
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

  it("gives up a service that does not answer in its time, says so with 504, and goes on with the next request", async () => {
    const { launched, shop, pods } = running();
    const slow = await pods.of("mypage");
    for (const pod of slow) await pods.fault(pod, "PUT", "/faults", { delayMs: 60_000 });
    const began = Date.now();
    const { status } = await fetch(`${launched.entry}/myPages?size=1`, { signal: AbortSignal.timeout(30_000) });
    const waited = Date.now() - began;
    assert.equal(status, 504);
    assert.ok(Math.abs(waited - DEFAULTS.objective.routeTimeoutMs.value) < 2000, `gave up after ${waited} ms`);
    for (const pod of slow) await pods.fault(pod, "DELETE", "/faults");
    assert.equal((await shop.send("GET", "/myPages?size=1")).status, 200);
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
}

/** The proof that one client cannot take it all. Nobody else may ask meanwhile. */
export function proveLimits(running: () => Running): void {
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
