import type { Row } from "../load/row.ts";
import type { Proof } from "../run/prove.ts";
import type { Run } from "../run/run-once.ts";
import { figuresOf } from "../measure.ts";
import type { Verdict } from "../words.ts";
import { type Report, reportOf } from "./report.ts";

/** A name that would end a script, a tag or a line if anything obeyed it. */
const HOSTILE = '</script><img src=x onerror="document.body.dataset.hostile=1">';

function sampleRows(failing: boolean): Row[] {
  return Array.from({ length: 400 }, (_, index): Row => {
    const bad = failing && index > 150 && index < 200;
    const ms = bad ? 2000 : 8 + (index % 17);
    return {
      ...{ at: index * 25, ms, late: 0.2, request: 0, bytes: bad ? 0 : 512, pod: "order-1", key: "" },
      ...{ status: bad ? 0 : 200, outcome: bad ? "timeout" : "ok" },
    };
  });
}

/** A run of ten seconds in which fifty requests fail, or none. */
export function sampleRun(failing: boolean, measured = failing ? 50 : 0): Run {
  const rows = sampleRows(failing);
  const kept = measured === 0;
  const threshold = { figure: "failed requests", holds: "at most", limit: 0, unit: "requests", why: HOSTILE } as const;
  return {
    ...{ startedAt: "2026-01-01T00:00:00.000Z", verdict: kept ? "pass" : "fail", objections: [], rows },
    ...{ judged: [{ ...threshold, measured, kept }], figures: figuresOf(rows), steadyMs: 3000, perSecond: 40 },
    generator: { beganAt: 0, due: 400, sent: 400, cpuSeconds: 0.4, elapsedSeconds: 10 },
    marks: [
      { at: 3750, what: HOSTILE, kind: "fault" },
      { at: 6000, what: "put back", kind: "repair" },
    ],
    series: [
      {
        name: "order",
        unit: "replicas",
        points: [
          [0, 2],
          [4000, 1],
          [8000, 2],
        ],
      },
    ],
    measured: { "failed requests": measured, requests: 400 },
  };
}

/** One experiment of that verdict, with a control that fails. */
export function sampleProof(id: string, verdict: Verdict, failed = 0): Proof {
  return {
    ...{ id, title: `A trial ${HOSTILE}`, hypothesis: "Nothing fails.", items: [8], source: "001: 71.18 %", verdict },
    ...{ reason: `because of ${HOSTILE}`, boundPercent: failed === 0 ? 0.75 : null },
    runs: verdict === "not runnable" ? [] : [sampleRun(failed > 0, failed)],
    control: { off: "the recipe", run: sampleRun(true), failed: true, told: "failed requests 50" },
  };
}

export function sampleReport(...proofs: readonly Proof[]): Report {
  const circumstances = {
    ...{ system: "shop", stack: "dev", cluster: "dev", startedAt: "2026-01-01T00:00:00.000Z", commit: null },
    ...{ endedAt: "2026-01-01T01:00:00.000Z", machine: { kernel: "6.1" }, images: { order: "order@sha256:1" } },
  };
  const checklist = [{ number: 8, title: "Rolling update", rules: ["rolling-update"] }];
  return reportOf(circumstances, checklist, proofs).report;
}
