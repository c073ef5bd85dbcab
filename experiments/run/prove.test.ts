import assert from "node:assert/strict";
import { fakeGround, recordInMemory } from "../testing/fake-ground.ts";
import { type Fault, KnownServer } from "../testing/known-server.ts";
import type { Experiment } from "../words.ts";
import { reads } from "../proofs/requests.ts";
import { atMost, noFailure } from "../proofs/thresholds.ts";
import type { BrokenRecord } from "./broken.ts";
import { type Proof, prove } from "./prove.ts";
import type { Scene } from "./scene.ts";

const breaking = (fault: Fault) => async (scene: Scene) => {
  const undo = { kind: "api", calls: [{ method: "DELETE", path: "/fault" }] } as const;
  await scene.breaks("the server fails", undo, () => scene.cluster.ask({ method: "PUT", path: "/fault", body: fault }));
  await scene.sleep(1);
};
const harmless = breaking({ delayMs: 5 });
const harmful = breaking({ status: 500 });

const EXPERIMENT: Experiment = {
  id: "T1",
  title: "A trial",
  hypothesis: "Nothing fails.",
  items: [8],
  smoke: true,
  seconds: 4,
  source: null,
  unrunnable: () => null,
  load: (ground) => ({ share: 0.8, requests: reads(ground), steadySeconds: 1, afterSeconds: 1 }),
  act: harmless,
  thresholds: () => [noFailure],
  control: { off: "everything", misses: ["failed requests"], prepare: async () => undefined, act: harmful },
};

/** Beside other tests nobody is in time. */
const PATIENT = { p99Ms: 1500, cpuShare: 1, lateMs: 10_000, sentShare: 0.2 };

describe("an experiment", function () {
  this.timeout(60_000);
  const server = new KnownServer();
  let entry = "";
  let record: BrokenRecord;
  const proved = (
    changes: Partial<Experiment>,
    signal = new AbortController().signal,
    trust = PATIENT,
  ): Promise<Proof> =>
    prove(
      { ...EXPERIMENT, ...changes },
      { ground: fakeGround(server, entry), record, signal, trust, repeats: 1, told: () => undefined },
    );

  before(async () => void (entry = await server.start()));
  beforeEach(() => {
    server.fault = {};
    record = recordInMemory();
  });
  afterEach(() => assert.deepEqual([server.fault, record.all()], [{}, []], "everything is put back"));
  after(() => server.stop());

  it("passes where every threshold is kept and the control misses one, and says what that bounds", async () => {
    const { verdict, reason, boundPercent, runs, control } = await proved({});
    assert.equal(verdict, "pass", reason);
    assert.equal(boundPercent, 300 / (runs[0]?.rows.length ?? 0));
    assert.ok("failed" in control && control.failed);
  });

  it("fails where a threshold is missed, and is not repeated", async () => {
    const { verdict, reason, runs, boundPercent } = await proved({ act: harmful });
    assert.equal(verdict, "fail");
    assert.match(reason, /^failed requests \d+ requests, wanted at most 0$/);
    assert.deepEqual([runs.length, boundPercent], [1, null]);
  });

  it("is invalid where the control shows no difference", async () => {
    const control = { off: "nothing", misses: ["failed requests"], prepare: async () => undefined };
    const { verdict, reason } = await proved({ control });
    assert.equal(verdict, "invalid");
    assert.match(reason, /control without nothing shows no difference/);
  });

  it("is invalid where requests failed before anything was broken", async () => {
    server.fault = { status: 500 };
    const { verdict, reason } = await proved({ act: async () => void (server.fault = {}) });
    assert.equal(verdict, "invalid");
    assert.match(reason, /steady state was not reached: \d+ of \d+ requests failed/);
    server.fault = {};
  });

  it("is invalid where answers were slow before anything was broken", async () => {
    server.fault = { delayMs: 200 };
    const changes = { act: async () => void (server.fault = {}) };
    const { reason, verdict } = await proved(changes, undefined, { ...PATIENT, p99Ms: 150 });
    assert.equal(verdict, "invalid");
    assert.match(reason, /steady state was not reached/);
    server.fault = {};
  });

  it("is invalid where a figure was not measured", async () => {
    const { verdict, reason } = await proved({ thresholds: () => [noFailure, atMost("lost writes", 0, "writes", "")] });
    assert.equal(verdict, "invalid");
    assert.match(reason, /not measured: lost writes/);
  });

  it("is invalid where the act cannot be done", async () => {
    const act = async () => Promise.reject(new Error("no pod is ready"));
    const { verdict, reason } = await proved({ act });
    assert.equal(verdict, "invalid");
    assert.match(reason, /could not be done: no pod is ready/);
  });

  it("is not runnable where it says so, and touches nothing", async () => {
    const asked = server.asked;
    const { verdict, reason, runs } = await proved({ unrunnable: () => "no broker here" });
    assert.deepEqual([verdict, reason, runs.length, server.asked], ["not runnable", "no broker here", 0, asked]);
  });

  it("is invalid where the load breaks down, and puts everything back", async () => {
    const load: Experiment["load"] = () => ({ share: 0.8, requests: [], steadySeconds: 1, afterSeconds: 1 });
    const { runs } = await proved({ load, act: harmful });
    assert.deepEqual([runs[0]?.verdict, runs[0]?.rows], ["invalid", []]);
  });

  it("puts everything back when it is interrupted", async () => {
    const controller = new AbortController();
    const act = async (scene: Scene) => {
      await harmful(scene);
      controller.abort(new Error("interrupted"));
      await scene.sleep(60);
    };
    await assert.rejects(proved({ act }, controller.signal));
  });
});
