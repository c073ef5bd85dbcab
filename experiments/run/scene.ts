import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Cluster } from "../cluster/cluster.ts";
import type { Ground } from "../ground.ts";
import type { RunningLoad } from "../load/start-load.ts";
import { type BrokenRecord, repairAll, type Undo } from "./broken.ts";

/** Something that happened, on the clock of the load. */
export interface Mark {
  readonly at: number;
  readonly what: string;
  readonly kind: "fault" | "repair" | "seen";
}

/** What a scene needs from the run around it. */
export interface SceneParts {
  readonly ground: Ground;
  readonly experiment: string;
  readonly record: BrokenRecord;
  readonly signal: AbortSignal;
  /** Tells whoever watches what is done now. */
  readonly told: (what: string) => void;
}

const PROBE_MS = 200;

/** Where an experiment acts: what it breaks is written down first, what it sees is put on the clock of the load. */
export class Scene {
  readonly ground: Ground;
  readonly cluster: Cluster;
  readonly marks: Mark[] = [];
  /** Figures that the experiment itself has measured. */
  readonly figures = new Map<string, number>();
  /** Null before and after the load. */
  load: RunningLoad | null = null;
  /** Pods of services and stores that are ready; null until somebody has looked. */
  ready: number | null = null;
  readonly #parts: SceneParts;

  constructor(parts: SceneParts) {
    this.#parts = parts;
    this.ground = parts.ground;
    this.cluster = new Cluster(parts.ground);
  }

  /** Milliseconds on the clock of the load; 0 before it. */
  now(): number {
    return this.load?.now() ?? 0;
  }

  mark(kind: Mark["kind"], what: string): void {
    this.marks.push({ at: this.now(), what, kind });
    this.#parts.told(what);
  }

  figure(name: string, value: number): void {
    this.figures.set(name, value);
  }

  /** Breaks something, once the way back is written down. */
  async breaks(what: string, undo: Undo, act: () => Promise<unknown>): Promise<void> {
    this.#parts.signal.throwIfAborted();
    const { experiment, record } = this.#parts;
    record.add({ id: randomUUID(), experiment, what, since: new Date().toISOString(), undo });
    this.mark("fault", what);
    await act();
  }

  /** Puts everything back that is broken. */
  async repair(): Promise<void> {
    await repairAll(this.#parts.record, this.ground, (what) => this.mark("repair", `put back: ${what}`));
  }

  throwIfInterrupted(): void {
    this.#parts.signal.throwIfAborted();
  }

  async sleep(seconds: number): Promise<void> {
    await pause(seconds * 1000, undefined, { signal: this.#parts.signal });
  }

  /** Asks again until something is so; answers the seconds it took, or null when it was not within the time. */
  async until(what: string, seconds: number, probe: () => Promise<boolean>): Promise<number | null> {
    const began = performance.now();
    this.#parts.told(`waiting for ${what}`);
    for (;;) {
      const is = await probe().catch(() => false); // an API server that restarts says no
      const took = (performance.now() - began) / 1000;
      if (is) {
        this.mark("seen", `${what} (${took.toFixed(1)} s)`);
        return took;
      }
      if (took > seconds) return null;
      await pause(PROBE_MS, undefined, { signal: this.#parts.signal });
    }
  }

  /** The same, where the experiment makes no sense without it. */
  async must(what: string, seconds: number, probe: () => Promise<boolean>): Promise<number> {
    const took = await this.until(what, seconds, probe);
    if (took === null) throw new Error(`waited ${seconds} s for ${what}`);
    return took;
  }

  /** Waits until something is so, and records after how many seconds; where it never came, how long was waited. */
  async timed(figure: string, what: string, seconds: number, probe: () => Promise<boolean>): Promise<void> {
    this.figure(figure, (await this.until(what, seconds, probe)) ?? seconds);
  }
}
