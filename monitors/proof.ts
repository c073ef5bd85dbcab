/** One input series of a promtool case: a selector and its values in promtool's notation. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** How to bring a measured value about, so that firing, silent and boundary cases can be generated. */
export interface Proof {
  /** Series, one sample every `every` seconds, for which the alert measures `value`. */
  series(value: number, every: number): readonly InputSeries[];
  /** Labels of the alert in that case, beside those the rule adds. */
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds until the measure has settled: the window of a rate, 0 for a gauge. */
  readonly settles: number;
  /** Values on both sides when "one percent beside the limit" is no value this measure can take. */
  readonly firing?: number;
  readonly silent?: number;
}

/** A case beside firing, silent and boundary: what a guard lets through or holds back. */
export interface GuardCase {
  readonly title: string;
  readonly series: readonly InputSeries[];
  /** Seconds from the start. */
  readonly after: number;
  /** Labels of the alert that must fire, or null for silence. */
  readonly fires: Readonly<Record<string, string>> | null;
}

/** Samples of every case: 200 minutes at the standard interval. */
const SAMPLES = 800;

/** A series that keeps its value. */
export function steady(series: string, value: number): InputSeries {
  return { series, values: `${exact(value)}+0x${SAMPLES}` };
}

/** A counter that grows by `perSecond`. */
export function counting(series: string, perSecond: number, every: number): InputSeries {
  return phased(series, [{ perSample: perSecond * every, samples: SAMPLES }]);
}

/** A counter whose growth changes from phase to phase. */
export function phased(
  series: string,
  phases: readonly { readonly perSample: number; readonly samples: number }[],
): InputSeries {
  let from = 0;
  const values = phases.map(({ perSample, samples }) => {
    const text = `${exact(from)}+${exact(perSample)}x${samples}`;
    from += perSample * (samples + 1);
    return text;
  });
  return { series, values: values.join(" ") };
}

/** Without the noise of binary fractions. */
const exact = (value: number) => String(Number(value.toPrecision(12)));
