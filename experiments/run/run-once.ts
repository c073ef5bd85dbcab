import { type Figures, figuresOf } from "../measure.ts";
import type { GeneratorState, LoadPlan } from "../load/plan.ts";
import type { Row } from "../load/row.ts";
import { startLoad } from "../load/start-load.ts";
import type { Control, Experiment, Verdict } from "../words.ts";
import { untilSettled } from "../cluster/settled.ts";
import { standardFigures } from "./standard-figures.ts";
import { type Mark, Scene, type SceneParts } from "./scene.ts";
import { type Judged, judge, objections, type Trust, verdictOf } from "./verdict.ts";
import { type Series, watchSystem } from "./watch.ts";

/** One run of an experiment, or of its control, with everything that was seen. */
export interface Run {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly verdict: Verdict;
  /** Why it is invalid. */
  readonly objections: readonly string[];
  readonly judged: readonly Judged[];
  /** Null where no request ended. */
  readonly figures: Figures | null;
  readonly steadyMs: number;
  readonly perSecond: number;
  readonly generator: GeneratorState;
  readonly marks: readonly Mark[];
  readonly series: readonly Series[];
  readonly measured: Readonly<Record<string, number>>;
  readonly rows: readonly Row[];
}

/** What is seen of a run while it goes on. */
export interface Live {
  readonly phase: string;
  readonly rows: readonly Row[];
  /** Milliseconds on the clock of the load. */
  readonly now: number;
  /** Pods that are ready; null until somebody has looked. */
  readonly ready: number | null;
}

export interface RunParts extends Omit<SceneParts, "experiment" | "told"> {
  readonly told: (live: Live) => void;
  /** Other limits than those of every experiment: for tests on machines that have no time. */
  readonly trust?: Trust;
}

/** Requests that take longer count as failed. */
const TIMEOUT_MS = 2000;
const CLOSING_PERCENT = 50;
/** However long an act takes, its load ends. */
const MOST_SECONDS = 900;

/** Steady state, act, recovery; then everything is put back, whatever happened. */
export async function runOnce(experiment: Experiment, parts: RunParts, control?: Control): Promise<Run> {
  const startedAt = new Date().toISOString();
  let phase = "";
  const tell = () => parts.told({ phase, rows: scene.load?.rows ?? [], now: scene.now(), ready: scene.ready });
  const told = (what: string) => {
    phase = what;
    tell();
  };
  const scene: Scene = new Scene({ ...parts, experiment: experiment.id, told });
  const telling = setInterval(tell, 1000);
  try {
    const seen = await staged(experiment, scene, told, control);
    if ("unstaged" in seen) return unstaged(seen.unstaged, experiment, scene, startedAt);
    told("putting everything back");
    await scene.repair();
    if (seen.broken === null) await experiment.afterwards?.(scene);
    return concluded(experiment, scene, seen, startedAt, parts.trust);
  } finally {
    clearInterval(telling);
    await scene.load?.stop().catch(() => undefined); // whatever became of it, everything is put back
    await scene.repair();
  }
}

/** A settled system, the control's protection switched off, then the load. What stands in the way is no fault of this program. */
async function staged(
  experiment: Experiment,
  scene: Scene,
  told: (what: string) => void,
  control?: Control,
): Promise<Seen | { readonly unstaged: string }> {
  try {
    await untilSettled(scene);
    if (control) {
      told(`switching off ${control.off}`);
      await control.prepare(scene);
      scene.marks.length = 0; // before the clock began
    }
    return await underLoad(experiment, scene, told, control?.act ?? ((it) => experiment.act(it)));
  } catch (error) {
    scene.throwIfInterrupted();
    return { unstaged: error instanceof Error ? error.message : String(error) };
  }
}

function unstaged(why: string, experiment: Experiment, scene: Scene, startedAt: string): Run {
  const generator = { beganAt: 0, due: 0, sent: 0, cpuSeconds: 0, elapsedSeconds: 0 };
  const thresholds = experiment.thresholds(scene.ground);
  return {
    ...{ startedAt, verdict: "invalid", objections: [`it could not be begun: ${why}`], figures: null, steadyMs: 0 },
    ...{ perSecond: 0, generator, marks: scene.marks, series: [], measured: {}, rows: [] },
    judged: judge({ thresholds, figures: new Map() }),
  };
}

interface Seen {
  readonly plan: LoadPlan;
  readonly steadyMs: number;
  readonly endedMs: number;
  readonly rows: readonly Row[];
  readonly generator: GeneratorState;
  readonly series: readonly Series[];
  /** Why the act could not be done. */
  readonly broken: string | null;
}

async function underLoad(
  { load: wanted }: Experiment,
  scene: Scene,
  told: (what: string) => void,
  act: (scene: Scene) => Promise<void>,
): Promise<Seen> {
  const { ground } = scene;
  const { share, requests, steadySeconds, afterSeconds } = wanted(ground);
  const perSecond = share * (ground.plan.entry?.rateLimit.perSecond ?? 0);
  const times = { timeoutMs: TIMEOUT_MS, closingPercent: CLOSING_PERCENT, mostSeconds: MOST_SECONDS };
  const plan = { entry: ground.entry, perSecond, requests, ...times };
  const load = await startLoad(plan);
  scene.load = load;
  const unwatch = watchSystem(scene);
  try {
    told("steady state");
    await scene.sleep(steadySeconds);
    const steadyMs = scene.now();
    const broken = await act(scene).then(
      () => null,
      (error: unknown) => String(error instanceof Error ? error.message : error),
    );
    scene.throwIfInterrupted();
    const endedMs = scene.now();
    if (broken === null) {
      told("recovery");
      await scene.sleep(afterSeconds);
    }
    await load.stop();
    return { plan, steadyMs, endedMs, rows: load.rows, generator: load.state, series: await unwatch(), broken };
  } finally {
    await load.stop();
    await unwatch();
  }
}

function concluded(experiment: Experiment, scene: Scene, seen: Seen, startedAt: string, trust?: Trust): Run {
  const { rows, steadyMs, endedMs, generator, series, broken, plan } = seen;
  const all = new Map([...standardFigures({ rows, steadyMs, endedMs, marks: scene.marks }), ...scene.figures]);
  const thresholds = experiment.thresholds(scene.ground);
  const against = [
    ...(broken === null ? [] : [`the act could not be done: ${broken}`]),
    ...objections({ rows, steadyMs, perSecond: plan.perSecond, generator, figures: all, thresholds }, trust),
  ];
  const judged = judge({ thresholds, figures: all });
  return {
    startedAt,
    verdict: verdictOf(judged, against),
    objections: against,
    judged,
    figures: figuresOf(rows),
    steadyMs,
    perSecond: plan.perSecond,
    generator,
    marks: scene.marks,
    series,
    measured: Object.fromEntries(all),
    rows: rows.toSorted((a, b) => a.at - b.at),
  };
}
