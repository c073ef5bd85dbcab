import assert from "node:assert/strict";
import type { ApiCall, Ground } from "../ground.ts";
import { Scene } from "../run/scene.ts";
import { fakeGround, recordInMemory } from "../testing/fake-ground.ts";
import { KnownServer } from "../testing/known-server.ts";
import { balance, LEDGER, timeCatchingUp } from "./ledger.ts";

/** How often each service knows each order. */
type Known = Readonly<Record<string, Readonly<Record<string, number>>>>;

function sceneKnowing(known: Known, away: readonly string[] = []): Scene {
  const ground = fakeGround(new KnownServer(), "");
  const api: Ground["api"] = async (call: ApiCall) => {
    const [, service = "", path = ""] = /\/pods\/([a-z]+)-1:\d+\/proxy(.*)$/.exec(call.path) ?? [];
    if (service === "") {
      const answer = await ground.api(call);
      const asked = /name%3D([a-z]+)/.exec(call.path)?.[1] ?? "";
      return away.includes(asked) ? { status: 200, body: { items: [] } } : answer;
    }
    const key = /[=/]([^=/]+)$/.exec(path)?.[1] ?? "";
    const count = known[service]?.[key] ?? 0;
    if (path.includes("?")) return { status: 200, body: { items: Array.from({ length: count }, () => ({})) } };
    return count > 0 ? { status: 200, body: { orderId: key } } : { status: 404, body: {} };
  };
  const signal = new AbortController().signal;
  return new Scene({
    ground: { ...ground, api },
    experiment: "T1",
    record: recordInMemory(),
    signal,
    told: () => undefined,
  });
}

const KEYS = ["a", "b", "c"];
const all = { a: 1, b: 1, c: 1 };

describe("the ledger of acknowledged writes", () => {
  const books: readonly [what: string, known: Known, away: readonly string[], lost: number, twice: number][] = [
    ["balances where every service knows each once", { order: all, fishstore: all }, [], 0, 0],
    ["sees a write that the first service has lost", { order: { a: 1, b: 1 }, fishstore: all }, [], 1, 0],
    ["sees a write that never arrived at another", { order: all, fishstore: { a: 1 } }, [], 2, 0],
    ["sees a write that was done twice", { order: all, fishstore: { a: 1, b: 2, c: 1 } }, [], 0, 1],
    ["counts as lost what nobody can be asked about", { order: all, fishstore: all }, ["fishstore"], 3, 0],
  ];
  for (const [what, known, away, lost, twice] of books)
    it(what, async () => {
      const scene = sceneKnowing(known, away);
      await balance(scene, KEYS);
      assert.deepEqual(
        [scene.figures.get(LEDGER.acknowledged), scene.figures.get(LEDGER.lost), scene.figures.get(LEDGER.twice)],
        [3, lost, twice],
      );
    });

  it("records how long was waited for writes that never arrive, so that no limit is kept by them", async () => {
    const scene = sceneKnowing({ order: all, fishstore: {} });
    const rows = KEYS.map((key) => ({ key })) as never;
    scene.load = { rows, now: () => 0 } as never;
    await timeCatchingUp(scene, 0.5);
    assert.ok((scene.figures.get(LEDGER.caughtUp) ?? 0) >= 0.5);
  });
});
