import type { ControlProof, Proof } from "../run/prove.ts";
import type { Run } from "../run/run-once.ts";
import { byOutcome, bySecond, type Seconds } from "./seconds.ts";

/** A run as the report keeps it: the log itself lies beside the report. */
export interface RunReport extends Omit<Run, "rows"> {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly seconds: Seconds;
  /** File of the log, beside the report. */
  readonly log: string;
}

export interface ProofReport extends Omit<Proof, "runs" | "control"> {
  readonly runs: readonly RunReport[];
  readonly control:
    | { readonly declined: string }
    | (Omit<Exclude<ControlProof, { declined: string }>, "run"> & { readonly run: RunReport | null });
}

/** One item of the checklist: what judges it before anything runs, and what proved it here. */
export interface ItemReport {
  readonly number: number;
  readonly title: string;
  readonly rules: readonly string[];
}

/** Where and of what everything was proved. */
export interface Circumstances {
  readonly system: string;
  readonly stack: string;
  readonly cluster: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Of the project's own history; null where there is none. */
  readonly commit: string | null;
  readonly machine: Readonly<Record<string, string>>;
  /** Image that each service or store runs. */
  readonly images: Readonly<Record<string, string>>;
}

/** Everything that a session of proving has found: what report.json holds. */
export interface Report {
  readonly format: 1;
  readonly circumstances: Circumstances;
  readonly checklist: readonly ItemReport[];
  readonly proofs: readonly ProofReport[];
}

/** The report of some proofs, and the logs that belong to it by the names of their files. */
export function reportOf(
  circumstances: Circumstances,
  checklist: readonly ItemReport[],
  proofs: readonly Proof[],
): { readonly report: Report; readonly logs: ReadonlyMap<string, Run["rows"]> } {
  const logs = new Map<string, Run["rows"]>();
  const kept = ({ rows, ...run }: Run, name: string): RunReport => {
    const log = `${name}.tsv.gz`;
    logs.set(log, rows);
    return { ...run, outcomes: byOutcome(rows), seconds: bySecond(rows), log };
  };
  const all = proofs.map(({ runs, control, ...proof }): ProofReport => {
    const name = proof.id.replaceAll("/", "-");
    return {
      ...proof,
      runs: runs.map((run, index) => kept(run, `${name}-run-${index + 1}`)),
      control:
        "declined" in control ? control : { ...control, run: control.run && kept(control.run, `${name}-control`) },
    };
  });
  return { report: { format: 1, circumstances, checklist, proofs: all }, logs };
}
