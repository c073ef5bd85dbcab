import { defineCommand } from "citty";
import { EXPERIMENTS } from "../../experiments/proofs/list.ts";
import type { Ground } from "../../experiments/ground.ts";
import type { Report } from "../../experiments/report/report.ts";
import { type BrokenRecord, repairAll } from "../../experiments/run/broken.ts";
import { prove as proveOne, type Proof } from "../../experiments/run/prove.ts";
import type { Experiment } from "../../experiments/words.ts";
import { tryLock } from "../../toolchain/machine/lock.ts";
import { findSystem } from "../project/find-system.ts";
import { brokenRecord, proofLock } from "./broken-file.ts";
import { chosenExperiments } from "./chosen.ts";
import { circumstances } from "./circumstances.ts";
import { LiveLine } from "./live-line.ts";
import { openGround } from "./open-ground.ts";
import { readReport, standardFolder, writeReport } from "./write-report.ts";
import { readStackSettings, type StackSettings } from "../stack/stack-settings.ts";
import { untilInterrupted } from "../terminal/interrupted.ts";
import { say } from "../terminal/say.ts";
import { UserError } from "../terminal/user-error.ts";

/** Beside 0 (nothing failed), 1 (an experiment failed) and 2 (wrong input). */
const EXIT = { failed: 1, invalid: 3, interrupted: 130 } as const;
/** Once is chance. */
const REPEATS = 3;

/** Proves the promises of a running system by breaking it on purpose, under load, and puts everything back. */
export const prove = defineCommand({
  meta: { name: "prove", description: "Prove the promises of a running system: load, faults, figures, a report" },
  args: {
    system: { type: "positional", description: "System; the only one that the stack runs", default: "" },
    only: { type: "string", description: "These experiments alone", valueHint: "E2,E5" },
    smoke: { type: "boolean", description: "The short set, each once: at most twelve minutes" },
    list: { type: "boolean", description: "Say which experiments there are" },
    repair: { type: "boolean", description: "Only put back what a run that was killed has left broken" },
    repeats: { type: "string", description: `How often each is run; ${REPEATS} unless said otherwise` },
    against: { type: "string", description: "Say what got worse since this report", valueHint: "report.json" },
    out: {
      type: "string",
      description: "Folder of the report; one below .slipway/proof otherwise",
      valueHint: "folder",
    },
    stack: { type: "string", description: "Stack", default: "dev" },
    "i-know": { type: "boolean", description: "Break things on prod too" },
  },
  async run({ args }) {
    const chosen = args.repair ? [] : chosenExperiments(EXPERIMENTS, args);
    if (args.list) return list(chosen);
    const repeats = repeatsOf(args.repeats, args.smoke ?? false);
    const settings = readStackSettings(args.stack);
    if (settings.stage === "prod" && !args["i-know"] && !args.repair)
      throw new UserError(
        `slipway prove: stack "${args.stack}" is prod, and experiments break what they prove. Prove it on dev; where that is meant: --i-know`,
      );
    const { name } = findSystem(args.system, settings.stage);
    const against = args.against === undefined ? null : readReport(args.against);
    await untilInterrupted(async (signal) => {
      const wanted = { chosen, repeats, signal, against, folder: args.out ?? null };
      process.exitCode = exitCode(await provingAlone(settings, name, wanted), signal);
    });
  },
});

interface Wanted {
  readonly chosen: readonly Experiment[];
  readonly repeats: number;
  readonly signal: AbortSignal;
  readonly against: Report | null;
  /** Null for the standard one. */
  readonly folder: string | null;
}

async function provingAlone(settings: StackSettings, system: string, wanted: Wanted): Promise<Proof[]> {
  const lock = tryLock(proofLock(settings));
  if (lock === undefined)
    throw new UserError(
      `slipway prove: another one proves something on stack "${settings.stack}"; wait for its end.`,
      1,
    );
  const { ground, close } = await openGround(settings, system);
  const startedAt = new Date().toISOString();
  const record = brokenRecord(settings);
  try {
    const proofs = await proveEach(ground, record, wanted);
    if (wanted.chosen.length === 0) return proofs;
    const found = await circumstances(settings, ground, startedAt);
    const folder = wanted.folder ?? standardFolder(system, startedAt);
    const { page, worse } = writeReport(folder, found, proofs, wanted.against);
    for (const line of worse ?? []) say(`worse: ${line}`);
    say(`report: ${page}`);
    return proofs;
  } catch (error) {
    if (!wanted.signal.aborted || record.all().length > 0) throw error;
    say("interrupted; everything is put back");
    return [];
  } finally {
    close();
    lock.release();
  }
}

async function proveEach(ground: Ground, record: BrokenRecord, { chosen, ...wanted }: Wanted): Promise<Proof[]> {
  if (record.all().length > 0) say("An earlier run ended early; putting back what it left broken.");
  await repairAll(record, ground, (what) => say(`put back: ${what}`));
  const line = new LiveLine();
  const proofs: Proof[] = [];
  try {
    for (const experiment of chosen) {
      const proof = await proveOne(experiment, { ...wanted, ground, record, told: (live) => line.show(live) });
      line.ended();
      say(`${proof.verdict.padEnd(12)} ${proof.id.padEnd(4)} ${proof.title}: ${proof.reason}`);
      proofs.push(proof);
    }
    return proofs;
  } finally {
    line.ended();
  }
}

function exitCode(proofs: readonly Proof[], { aborted }: AbortSignal): number {
  if (aborted) return EXIT.interrupted;
  if (proofs.some(({ verdict }) => verdict === "fail")) return EXIT.failed;
  return proofs.some(({ verdict }) => verdict === "invalid") ? EXIT.invalid : 0;
}

function repeatsOf(text: string | undefined, smoke: boolean): number {
  if (text === undefined) return smoke ? 1 : REPEATS;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new UserError(`slipway prove: --repeats: found "${text}", allowed: a number from 1 to 99`);
}

function list(experiments: readonly Experiment[]): void {
  for (const { id, title, smoke, seconds } of experiments)
    say(`${id.padEnd(4)} ${title} (${Math.ceil(seconds / 60)} min a run${smoke ? ", in the short set" : ""})`);
}
