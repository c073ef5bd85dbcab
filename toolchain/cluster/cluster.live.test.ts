import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { quiet, standardProgress } from "../machine/progress.ts";
import { apiClient } from "./control-plane/api-client.ts";
import type { ApiClient } from "./control-plane/api-client.ts";
import { podProcesses } from "./node/cgroups.ts";
import { httpNodePort } from "./addons/manifests/traefik.ts";
import { addresses, planConfig } from "./config/cluster-config.ts";
import { ClusterError } from "./config/cluster-error.ts";
import { clusterParts } from "./life/cluster-parts.ts";
import { clusterDown } from "./life/down.ts";
import { signalProcess } from "../machine/end-process.ts";
import { clusterFolders, clusterLock, kubeconfigPath } from "./config/folders.ts";
import { freePort, listen } from "../machine/free-port.ts";
import { hostSnapshot, leftBehind } from "./testing/host-snapshot.ts";
import { dialFrom } from "./testing/namespaces.ts";
import { claim, gateway, route, service, space } from "./testing/live-objects.ts";
import { ask, loadProbeImage, probePod, ready, remove, startPods } from "./testing/live-probe.ts";
import { objectPath } from "./control-plane/object-path.ts";
import { startTime } from "../machine/proc.ts";
import { readRecord } from "./processes/process-record.ts";
import { run } from "./config/run.ts";
import { clusterStatus } from "./life/status.ts";
import { survivors } from "./processes/survivors.ts";
import { supervisorPid } from "./processes/start-supervisor.ts";
import { clusterUp } from "./life/up.ts";

const name = "live";

const live = process.env["SLIPWAY_LIVE_TESTS"] === "1";

describe(
  live
    ? "an embedded cluster"
    : "an embedded cluster (skipped: it needs root and SLIPWAY_LIVE_TESTS=1, as `npm test` sets it)",
  function () {
    this.timeout(300_000);
    let api: ApiClient;
    let image: string;
    let hostBefore: ReadonlySet<string>;
    let ports: { apiPort: number; httpPort: number };

    before(async function () {
      if (!live) return this.skip();
      this.timeout(3600_000); // on a fresh machine the programs are built first, with progress shown
      await clusterParts(standardProgress());
      await clusterDown(name, { purge: true }, quiet);
      hostBefore = await hostSnapshot(name);
      ports = { apiPort: await freePort(), httpPort: await freePort() };
      await clusterUp({ name, ...ports, systems: [space] }, quiet);
      image = await loadProbeImage(name);
      api = apiClient(kubeconfigPath(name));
      await api.apply(`/api/v1/namespaces/${space}`, {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: space },
      });
      await api.apply(objectPath(claim), claim);
      await startPods(api, [probePod(space, "server", image, "data"), probePod(space, "client", image)]);
      await api.apply(objectPath(service), service);
    });

    after(async () => {
      if (live) await clusterDown(name, { purge: true }, quiet);
    });

    it("gives pods names and Services", async () => {
      await until(async () => (await ask(api, space, "client", "/lookup?name=server")).startsWith("[10.96."));
      assert.match(await ask(api, space, "client", "/lookup?name=nowhere.example"), /no such host/);
      await until(async () => (await ask(api, space, "client", "/dial?network=tcp&address=server:80")) === "connected");
    });

    it("keeps the processes it has when it is started again", async () => {
      const pids = async () => (await clusterStatus(name)).processes.map(({ pid }) => pid);
      const first = await pids();
      await clusterUp({ name }, quiet);
      assert.deepEqual(await pids(), first);
    });

    it("lets two starts at once both end well", async () => {
      const [a, b] = await Promise.all([clusterUp({ name }, quiet), clusterUp({ name }, quiet)]);
      assert.deepEqual(a, b);
    });

    it("refuses a taken port before it changes anything, naming port and process", async () => {
      const squatter = createServer();
      const apiPort = await listen(squatter);
      await assert.rejects(clusterUp({ name: "live2", apiPort, httpPort: await freePort() }, quiet), (error: Error) => {
        assert.ok(error instanceof ClusterError && error.exitCode === 2);
        assert.match(error.message, new RegExp(`port ${apiPort} .*process ${process.pid}`));
        return true;
      });
      squatter.close();
      assert.equal((await clusterStatus("live2")).state, "absent");
    });

    it("is left alone by who has another state folder", async () => {
      const own = process.env["XDG_STATE_HOME"];
      process.env["XDG_STATE_HOME"] = "/tmp/slipway-other-state";
      const attempts = [clusterUp({ name }, quiet), clusterDown(name, { purge: true }, quiet)];
      const refusals = await Promise.allSettled(attempts);
      if (own === undefined) delete process.env["XDG_STATE_HOME"];
      else process.env["XDG_STATE_HOME"] = own;
      for (const refusal of refusals)
        assert.match(String((refusal as PromiseRejectedResult).reason), /already runs with its state in/);
      assert.equal((await clusterStatus(name)).state, "running");
    });

    it("answers nobody without a certificate, except whether it is alive", async () => {
      const agentless = async (path: string) =>
        await (await import("./control-plane/anonymous-status.ts")).anonymousStatus(ports.apiPort, path);
      assert.equal(await agentless("/readyz"), 200);
      assert.equal(await agentless("/api"), 401);
    });

    it("is closed to every other user of the machine: keys, sockets, records and locks", () => {
      const { state, run: sockets } = clusterFolders(name);
      for (const folder of [state, sockets, dirname(clusterLock(name))])
        assert.equal(statSync(folder).mode & 0o077, 0, `${folder} is open to others`);
    });

    it("stores secrets encrypted", async () => {
      const secret = {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "hidden", namespace: space },
        stringData: { word: "plainly-readable" },
      };
      await api.apply(objectPath(secret), secret);
      const found = await run("grep", ["-rc", "plainly-readable", join(clusterFolders(name).state, "etcd")]).catch(
        (error: Error) => error.message,
      );
      assert.doesNotMatch(found, /:[1-9]/);
    });

    it("keeps a volume's data when its pod is deleted", async () => {
      await api.send("POST", `/api/v1/namespaces/${space}/pods/server:8080/proxy/write?file=/data/kept`, {
        kept: true,
      });
      await remove(api, `/api/v1/namespaces/${space}/pods/server`);
      await startPods(api, [probePod(space, "server", image, "data")]);
      assert.match(await ask(api, space, "server", "/read?file=/data/kept"), /kept/);
    });

    it("serves on while kubelet and containerd are killed, and brings both back", async () => {
      const path = `/api/v1/namespaces/${space}/pods/server`;
      const { container } = await ready(api, path);
      let failures = 0;
      let done = false;
      const load = (async () => {
        while (!done) if (!(await ask(api, space, "server", "/hello").catch(() => "")).includes("server")) failures++;
      })();
      for (const victim of ["kubelet", "containerd"]) {
        const old = readRecord(name, victim)?.pid ?? 0;
        process.kill(old, "SIGKILL");
        await until(() => (readRecord(name, victim)?.pid ?? old) !== old);
      }
      await sleep(3000);
      done = true;
      await load;
      assert.equal(failures, 0);
      assert.equal((await ready(api, path)).container, container, "the container was restarted");
      await startPods(api, [probePod(space, "later", image)]);
    });

    it("serves on when its supervisor is killed, and the next supervisor adopts every process", async () => {
      const pids = async () => (await clusterStatus(name)).processes.map(({ pid }) => pid);
      const first = await pids();
      const killed = supervisorPid(name);
      kill(killed);
      assert.match(await ask(api, space, "server", "/hello"), /server/);
      await until(async () => ![undefined, killed].includes(supervisorPid(name)));
      assert.deepEqual(await pids(), first);
    });

    it("leads requests to its HTTP entry through a Gateway's routes", async () => {
      for (const object of [gateway, route]) await api.apply(objectPath(object), object);
      const get = async (path: string) =>
        await fetch(`http://127.0.0.1:${ports.httpPort}${path}`).catch(() => undefined);
      await until(async () => (await get("/hello"))?.status === 200);
      assert.equal((await get("/elsewhere"))?.status, 404);
    });

    it("has no way around the forwarder to its HTTP entry", async () => {
      const { node } = addresses(planConfig(name, {}));
      assert.equal(await dialFrom(undefined, node, httpNodePort), "timeout");
      assert.equal(await dialFrom(clusterFolders(name).netns, node, httpNodePort), "connected");
    });

    it("comes back with its data after everything was killed at once", async () => {
      const { processes, supervisor } = await clusterStatus(name);
      for (const pid of [supervisor, ...processes.map((each) => each.pid)]) kill(pid);
      await clusterUp({ name }, quiet);
      await ready(api, `/api/v1/namespaces/${space}/pods/server`);
      assert.match(await ask(api, space, "server", "/read?file=/data/kept"), /kept/);
    });

    it("comes back with its data after the machine went down without a word", async () => {
      const { processes, supervisor } = await clusterStatus(name);
      for (const pid of [supervisor, ...processes.map((each) => each.pid), ...survivors(name), ...podProcesses(name)])
        kill(pid);
      await until(() => survivors(name).length + podProcesses(name).length === 0);
      await clusterUp({ name }, quiet);
      await until(async () =>
        (await ask(api, space, "server", "/read?file=/data/kept").catch(() => "")).includes("kept"),
      );
    });

    it("comes back with its data after it was stopped", async () => {
      await clusterDown(name, {}, quiet);
      assert.deepEqual(leftBehind(hostBefore, await hostSnapshot(name), name), []);
      await clusterUp({ name }, quiet);
      await until(async () =>
        (await ask(api, space, "server", "/read?file=/data/kept").catch(() => "")).includes("kept"),
      );
    });

    it("can be stopped after a start that was killed in the middle", async () => {
      await clusterDown(name, {}, quiet);
      const program = `await (await import(${JSON.stringify(new URL("./life/up.ts", import.meta.url).href)})).clusterUp({ name: "${name}" })`;
      const start = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "ignore" });
      await sleep(1500);
      start.kill("SIGKILL");
      await clusterDown(name, { purge: true }, quiet);
      assert.deepEqual(leftBehind(hostBefore, await hostSnapshot(name), name), []);
      assert.equal((await clusterStatus(name)).state, "absent");
    });
  },
);

function kill(pid: number | undefined): void {
  if (pid !== undefined) signalProcess(pid, startTime(pid) ?? "", "SIGKILL");
}

async function until(holds: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(100)) if (await holds()) return;
  assert.fail(`not within ${seconds} s: ${holds.toString()}`);
}
