/** A silence as Alertmanager's API takes it. */
export interface Silence {
  readonly matchers: readonly {
    readonly name: string;
    readonly value: string;
    readonly isRegex: boolean;
    readonly isEqual: boolean;
  }[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

/** Planned work that takes longer is planned again: a forgotten silence hides real faults. */
export const LONGEST_SILENCE_MINUTES = 120;

/** Keeps the alerts of one system, or of one service of it, silent during planned work. It always ends. */
export function plannedSilence(work: {
  readonly system: string;
  readonly service: string | null;
  readonly minutes: number;
  readonly by: string;
  readonly why: string;
  readonly now: Date;
}): Silence {
  const { system, service, minutes, by, why, now } = work;
  if (!(minutes > 0 && minutes <= LONGEST_SILENCE_MINUTES)) {
    throw new RangeError(
      `${system}: a silence of ${minutes} minutes; wanted 1 to ${LONGEST_SILENCE_MINUTES}. Plan longer work in parts.`,
    );
  }
  if (by.trim() === "" || why.trim() === "")
    throw new RangeError(`${system}: a silence needs a name and a reason, so that others know whom to ask.`);
  const equal = (name: string, value: string) => ({ name, value, isRegex: false, isEqual: true });
  return {
    matchers: [equal("namespace", system), ...(service === null ? [] : [equal("service", service)])],
    startsAt: now.toISOString(),
    endsAt: new Date(now.getTime() + minutes * 60_000).toISOString(),
    createdBy: by,
    comment: why,
  };
}
