/** Work in this process that has to put something back before it may end. */
const interruptible = new Set<AbortController>();

/** Runs work that a signal asks to end instead of cutting it off; a second signal cuts it off. */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  interruptible.add(controller);
  try {
    return await work(controller.signal);
  } finally {
    interruptible.delete(controller);
  }
}

/** Asks all such work to end; answers whether there is any that had not been asked before. */
export function interrupt(): boolean {
  const asked = [...interruptible].filter(({ signal }) => !signal.aborted);
  for (const controller of asked) controller.abort(new Error("interrupted"));
  return asked.length > 0;
}
