/** Background work that runs again and again until it is stopped, sooner when woken, later after failures. */
export interface Loop {
  wake(): void;
  /** Resolves when the run in hand has ended. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** Pause between runs. */
  readonly everyMs: number;
  /** Longest pause after failures; each failure doubles the pause. */
  readonly maxPauseMs: number;
  onError(error: unknown, pauseMs: number): void;
}

/** Starts a loop; a run that answers "again" is repeated at once. */
export function startLoop(run: () => Promise<"again" | "wait">, options: LoopOptions): Loop {
  let stopped = false;
  let woken = false;
  let failing = false;
  const pause = createPause();
  const ended = (async () => {
    let failures = 0;
    while (!stopped) {
      woken = false;
      try {
        const next = await run();
        failures = 0;
        failing = false;
        if (next === "again") continue;
        if (!woken && !stopped) await pause.begin(options.everyMs);
      } catch (error) {
        failures += 1;
        failing = true;
        const pauseMs = Math.min(options.everyMs * 2 ** failures, options.maxPauseMs);
        options.onError(error, pauseMs);
        // Waking does not shorten this: a broker that is down is not asked more often because there is more to say.
        if (!stopped) await pause.begin(pauseMs);
      }
    }
  })();
  return {
    wake() {
      woken = true;
      if (!failing) pause.end();
    },
    stop() {
      stopped = true;
      pause.end();
      return ended;
    },
  };
}

/** A pause that can be cut short; ending it while there is none does nothing. */
function createPause(): { begin(ms: number): Promise<void>; end(): void } {
  let end = () => {};
  return {
    begin: (ms) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    end: () => end(),
  };
}
