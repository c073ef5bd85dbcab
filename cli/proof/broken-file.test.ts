import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiCall } from "../../experiments/ground.ts";
import { repairAll } from "../../experiments/run/broken.ts";
import { startTime } from "../../toolchain/machine/proc.ts";
import { brokenLines, brokenRecord } from "./broken-file.ts";

const PLACE = { stack: "dev", cluster: "proved", kubeContext: null };
const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** Breaks the system behind the address as an experiment does, and then hangs. */
const PROVER = `
import { Scene } from ${module("../../experiments/run/scene.ts")};
import { brokenRecord } from ${module("./broken-file.ts")};
const api = async ({ method, path, body }) => ({ status: (await fetch(process.env.ENTRY + path, { method, body: JSON.stringify(body) })).status, body: {} });
const ground = { plan: { name: "shop" }, api, node: null };
const record = brokenRecord(${JSON.stringify(PLACE)});
const scene = new Scene({ ground, experiment: "E5", record, signal: new AbortController().signal, told() {} });
const undo = { kind: "api", calls: [{ method: "DELETE", path: "/fault" }] };
await scene.breaks("payment answers late", undo, () => scene.cluster.ask({ method: "PUT", path: "/fault" }));
console.log("broken");
setInterval(() => 0, 1000);
`;

describe("what is broken on purpose", function () {
  this.timeout(30_000);
  let isBroken = false;
  let down = false;
  let state = "";
  const before = process.env["XDG_STATE_HOME"];
  const system = createServer(({ method }, response) => {
    if (down) return void response.writeHead(503).end();
    isBroken = method === "PUT";
    response.end();
  });
  const api = async ({ method, path }: ApiCall) => ({
    status: (await fetch(`http://127.0.0.1:${(system.address() as AddressInfo).port}${path}`, { method })).status,
    body: {},
  });

  beforeEach(async () => {
    state = mkdtempSync(join(tmpdir(), "slipway-state-"));
    process.env["XDG_STATE_HOME"] = state;
    if (system.listening) return;
    system.listen(0, "127.0.0.1");
    await once(system, "listening");
  });
  afterEach(() => {
    if (before === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = before;
    rmSync(state, { recursive: true, force: true });
    down = false;
  });
  after(() => system.close());

  /** A prover that has broken the system and was then killed with -9. */
  async function kill9(): Promise<void> {
    const entry = `http://127.0.0.1:${(system.address() as AddressInfo).port}`;
    const prover = spawn(process.execPath, ["--input-type=module-typescript", "--eval", PROVER], {
      env: { ...process.env, ENTRY: entry },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(prover.stdout, "data");
    prover.kill("SIGKILL");
    await once(prover, "exit");
  }

  it("is put back by the next run when its own was killed with -9, and status tells of it until then", async () => {
    await kill9();
    const record = brokenRecord(PLACE);
    assert.deepEqual([isBroken, record.all().length], [true, 1]);
    const told = brokenLines(PLACE, record.all()).join("\n");
    assert.match(told, /! E5: payment answers late \(since \d{4}-/);
    assert.match(told, /nobody proves anything now; put it back with: npx slipway prove --repair --stack dev/);
    await repairAll(record, { api, node: null });
    assert.deepEqual([isBroken, record.all()], [false, []]);
    assert.equal(existsSync(join(state, "slipway", "proof", "dev-proved.json")), false);
  });

  it("stays written down as long as it cannot be put back", async () => {
    await kill9();
    down = true;
    const record = brokenRecord(PLACE);
    await assert.rejects(
      repairAll(record, { api, node: null }, () => undefined, 1),
      /still broken on purpose[\s\S]*payment answers late: DELETE \/fault answered 503/,
    );
    assert.equal(record.all().length, 1);
    down = false;
    await repairAll(record, { api, node: null });
    assert.deepEqual([isBroken, record.all()], [false, []]);
  });

  it("includes processes that stand still, which go on", async () => {
    const sleeper = spawn("sleep", ["600"]);
    const pid = sleeper.pid ?? 0;
    const found = { pid, startTime: startTime(pid) ?? "" };
    process.kill(pid, "SIGSTOP");
    const record = brokenRecord(PLACE);
    const signals: string[] = [];
    const node = { processesOf: () => [], signal: (_: unknown, signal: string) => signals.push(signal) > 0 };
    record.add({
      id: "1",
      experiment: "E1",
      what: "a pod hangs",
      since: "2026-01-01T00:00:00Z",
      undo: { kind: "continue", process: found },
    });
    await repairAll(record, { api, node });
    assert.deepEqual([signals, record.all()], [["SIGCONT"], []]);
    sleeper.kill("SIGKILL");
  });
});
