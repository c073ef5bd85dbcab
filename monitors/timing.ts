/** How often Prometheus looks, how patient alerts are and how long mails are held back. All times in seconds. */
export interface Timing {
  readonly scrape: number;
  readonly evaluation: number;
  /** Window of every plain rate; at least four scrapes, so that one lost scrape leaves two samples. */
  readonly rate: number;
  /** Every `for`, every age that counts as late and every burn-rate window is divided by this. 1 outside the lab. */
  readonly haste: { readonly patience: number; readonly windows: number };
  readonly page: Holding;
  readonly ticket: Holding;
}

/** Alertmanager's three timers for one route. */
export interface Holding {
  readonly wait: number;
  readonly interval: number;
  readonly repeat: number;
}

/** Standard for every stage; the lab shortens everything so that a live experiment ends within a minute. */
export const TIMING = {
  standard: {
    scrape: 15,
    evaluation: 15,
    rate: 300,
    haste: { patience: 1, windows: 1 },
    page: { wait: 10, interval: 60, repeat: 3600 },
    ticket: { wait: 60, interval: 900, repeat: 86_400 },
  },
  lab: {
    scrape: 5,
    evaluation: 5,
    rate: 20,
    haste: { patience: 8, windows: 80 },
    page: { wait: 5, interval: 10, repeat: 3600 },
    ticket: { wait: 10, interval: 20, repeat: 86_400 },
  },
} as const satisfies Record<string, Timing>;

export type TimingName = keyof typeof TIMING;

/** How long a condition must hold before people hear of it: whole evaluations, because nobody looks in between. */
export function patience(timing: Timing, seconds: number): number {
  return Math.ceil(hurried(timing, seconds) / timing.evaluation) * timing.evaluation;
}

/** A time in the haste of this timing. */
export function hurried({ haste }: Timing, seconds: number): number {
  return Math.ceil(seconds / haste.patience);
}
