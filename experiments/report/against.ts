import { VERDICTS } from "../words.ts";
import type { ProofReport, Report } from "./report.ts";

/** How much worse a figure has to be before it is named: measuring twice differs by that. */
const NOISE = 0.2;

/** What is worse than in an earlier report: verdicts, and figures that moved towards their limit by more than measuring differs. */
export function worseThan(before: Report, now: Report): string[] {
  return now.proofs.flatMap((proof) => {
    const former = before.proofs.find(({ id }) => id === proof.id);
    if (former === undefined) return [];
    const order = (it: ProofReport) => VERDICTS.indexOf(it.verdict);
    const verdict =
      order(proof) > order(former) && former.verdict === "pass"
        ? [`${proof.id}: was pass, is ${proof.verdict} (${proof.reason})`]
        : [];
    return [...verdict, ...worseFigures(former, proof)];
  });
}

function worseFigures(former: ProofReport, proof: ProofReport): string[] {
  return worst(proof).flatMap(({ figure, holds, limit, unit, value }) => {
    const old = worst(former).find((other) => other.figure === figure);
    if (old === undefined) return [];
    const change = holds === "at most" ? value - old.value : old.value - value;
    const worth = Math.max(NOISE * Math.abs(old.value), 0.05 * Math.abs(limit));
    if (change <= worth) return [];
    return [`${proof.id}: ${figure} was ${shown(old.value)} ${unit}, is ${shown(value)} ${unit} (${holds} ${limit})`];
  });
}

/** Each threshold with the worst that was measured in any run. */
export function worst({ runs }: Pick<ProofReport, "runs">) {
  const thresholds = runs[0]?.judged ?? [];
  return thresholds.flatMap((threshold) => {
    const values = runs.flatMap(
      ({ judged }) => judged.find(({ figure }) => figure === threshold.figure)?.measured ?? [],
    );
    if (values.length === 0) return [];
    const value = threshold.holds === "at most" ? Math.max(...values) : Math.min(...values);
    return [{ ...threshold, value }];
  });
}

function shown(value: number): string {
  return String(Math.round(value * 100) / 100);
}
