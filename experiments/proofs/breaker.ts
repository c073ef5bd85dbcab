import type { CallPlan } from "../../model/plan/edges/calls.ts";
import { isReady } from "../cluster/objects.ts";
import { unprotect } from "../faults/edge.ts";
import { hasSwitches, inject } from "../faults/kit.ts";
import { takeAway } from "../faults/replicas.ts";
import { figuresOf } from "../measure.ts";
import { openBreakers } from "../run/breakers.ts";
import { FIGURE } from "../run/standard-figures.ts";
import type { Scene } from "../run/scene.ts";
import type { Experiment } from "../words.ts";
import { writes } from "./requests.ts";
import { keptCall, unreachable } from "./targets.ts";
import { atLeast, atMost } from "./thresholds.ts";

const CLOSED = "longest until the breaker is closed";
const OPEN_P95 = "p95 while the breaker is open";
const OUTAGE_SECONDS = 20;
/** After so long the breaker must be open; what is asked then is refused at once. */
const OPENS_MS = 5000;
const CLOSE_SECONDS = 60;
/** More than the time-out of the edge: parsing, the own database, the way there and back. */
const MARGIN_MS = 50;

const edge = (scene: Scene): CallPlan => {
  const call = keptCall(scene.ground);
  if (call === undefined) throw new Error("no call is kept");
  return call;
};

async function isClosed(scene: Scene, { caller, callee }: CallPlan): Promise<boolean> {
  const metrics = scene.ground.plan.workloads.find(({ name }) => name === caller)?.metrics;
  if (!metrics) return true;
  const pods = (await scene.cluster.pods(caller)).filter(isReady);
  for (const pod of pods) {
    const { body } = await scene.cluster.askPod(pod, metrics.port, { method: "GET", path: metrics.path });
    if ((openBreakers(String(body)).get(callee) ?? 0) > 0) return false;
  }
  return pods.length > 0;
}

/** The callee fails in one way, is repaired, and the breaker closes again; then the next way. */
async function failEachWay(scene: Scene): Promise<void> {
  const call = edge(scene);
  const ways: ((it: Scene) => Promise<void>)[] = [
    (it) => inject(it, call.callee, `${call.callee} answers 5 s late`, { delayMs: 5000 }),
    (it) => inject(it, call.callee, `half of the answers of ${call.callee} are errors`, { errorRate: 0.5 }),
    (it) => takeAway(it, call.callee),
  ];
  const [closing, open]: [number[], number[]] = [[], []];
  for (const [index, fail] of ways.entries()) {
    await fail(scene);
    const from = scene.now();
    await scene.sleep(OUTAGE_SECONDS);
    const refused = figuresOf(scene.load?.rows ?? [], from + OPENS_MS, scene.now() - 1000);
    if (index !== 1 && refused) open.push(refused.p95Ms); // half of the errors leave it half open
    await scene.repair();
    if (index === ways.length - 1)
      await scene.must(`${call.callee} to be back`, CLOSE_SECONDS, async () =>
        (await scene.cluster.pods(call.callee)).some(isReady),
      );
    closing.push(
      (await scene.until("the breaker to close", CLOSE_SECONDS, () => isClosed(scene, call))) ?? CLOSE_SECONDS,
    );
  }
  scene.figure(CLOSED, Math.max(...closing));
  scene.figure(OPEN_P95, Math.max(...open));
}

export const breaker: Experiment = {
  id: "E5",
  title: "Who depends on a service that is slow, failing or away answers at once, and recovers by itself",
  hypothesis:
    "While the callee of a synchronous edge is slow, failing or away, its caller turns users away politely within the edge's time-out, at once when the breaker is open, and serves them again soon after the repair.",
  items: [2],
  smoke: true,
  seconds: 115,
  source: "004: 78.92 % available, longest 7.01 s; 001 and 002: pictures",
  unrunnable: (ground) => {
    if (unreachable(ground) !== null) return unreachable(ground);
    const call = keptCall(ground);
    if (call === undefined) return "what users write calls no service that keeps a time-out and a breaker";
    return hasSwitches(ground, call.callee)
      ? null
      : `${call.callee} has no fault switches: it is not on the kit, or the stage forbids them`;
  },
  load: (ground) => ({ share: 0.3, requests: writes(ground, true), steadySeconds: 20, afterSeconds: 10 }),
  act: failEachWay,
  thresholds: (ground) => {
    const { timeoutMs = 0, breakerOpenMs = 0 } = keptCall(ground) ?? {};
    return [
      atLeast(FIGURE.availability, 99.9, "%", "an answer is what was wanted, or 503 that says when to come back"),
      atMost(FIGURE.actP99, timeoutMs + MARGIN_MS, "ms", `the edge's time-out of ${timeoutMs} ms and ${MARGIN_MS} ms`),
      atMost(
        OPEN_P95,
        100,
        "ms",
        "an open breaker asks nobody but once in its open time: those trials, one of forty requests here, wait for the time-out",
      ),
      atMost(CLOSED, breakerOpenMs / 1000 + 5, "s", "the breaker asks again after its open time"),
      atMost(FIGURE.recoveredFailed, 0, "requests", "afterwards all is as before"),
    ];
  },
  control: {
    off: "breaker and bulkhead, with the longest time-out that the kit takes",
    misses: [FIGURE.availability, FIGURE.actP99],
    prepare: (scene) => unprotect(scene, edge(scene)),
  },
};
