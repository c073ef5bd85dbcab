import type { Ground } from "./ground.ts";
import type { LoadRequest } from "./load/plan.ts";
import type { Scene } from "./run/scene.ts";

/** One promise as something that can be tried: what is believed, under which load, what is broken, and what has to be measured then. */
export interface Experiment {
  /** "E2"; of a user's own, "<system>/<name>". */
  readonly id: string;
  readonly title: string;
  /** What is believed, in one sentence that can be wrong. */
  readonly hypothesis: string;
  /** Items of the checklist that it proves. */
  readonly items: readonly number[];
  /** Part of the short set. */
  readonly smoke: boolean;
  /** What one run takes, on two cores. */
  readonly seconds: number;
  /** What the sources of the five systems had measured; null where none had. */
  readonly source: string | null;
  /** Why it cannot be run on this system here; null where it can. */
  unrunnable(ground: Ground): string | null;
  load(ground: Ground): Load;
  /** What is done to the system while the load goes on. Whatever it breaks through the scene is put back. */
  act(scene: Scene): Promise<void>;
  /** Looks at what is left when the load has ended and everything is put back; records figures. */
  afterwards?(scene: Scene): Promise<void>;
  thresholds(ground: Ground): readonly Threshold[];
  readonly control: Control | { readonly declined: string };
}

/** What users ask meanwhile. */
export interface Load {
  /** Share of what the entry allows one client. */
  readonly share: number;
  readonly requests: readonly LoadRequest[];
  /** Seconds before the act begins; the steady state is judged in them. */
  readonly steadySeconds: number;
  /** Seconds after it has ended. */
  readonly afterSeconds: number;
}

/** What has to be measured. A figure that was not measured is no pass. */
export interface Threshold {
  /** Name of the figure. */
  readonly figure: string;
  readonly holds: "at most" | "at least";
  readonly limit: number;
  readonly unit: string;
  /** Where the number comes from. */
  readonly why: string;
}

/** The same experiment with a protection switched off. It has to miss a threshold, or the experiment shows nothing. */
export interface Control {
  /** What is switched off. */
  readonly off: string;
  /** Switches it off, before the load. */
  prepare(scene: Scene): Promise<void>;
  /** Does something else than the experiment meanwhile. */
  act?(scene: Scene): Promise<void>;
  /** Figures of which at least one has to miss its threshold. */
  readonly misses: readonly string[];
}

export const VERDICTS = ["pass", "fail", "invalid", "not runnable"] as const;
/** Invalid: it was run, and shows nothing either way. */
export type Verdict = (typeof VERDICTS)[number];
