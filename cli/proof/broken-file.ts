import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Broken, BrokenRecord } from "../../experiments/run/broken.ts";
import { holderOf } from "../../toolchain/machine/lock.ts";
import { stateHome } from "../../toolchain/machine/cache-folders.ts";
import { writeAtomically } from "../../toolchain/machine/write-atomically.ts";
import type { StackSettings } from "../stack/stack-settings.ts";

type Place = Pick<StackSettings, "stack" | "cluster" | "kubeContext">;

/** What is broken on purpose on one cluster, in a file that outlives whoever broke it. */
export function brokenRecord(settings: Place): BrokenRecord {
  const file = brokenFile(settings);
  const all = () => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Broken[]) : []);
  const write = (list: readonly Broken[]) => {
    if (list.length === 0) rmSync(file, { force: true });
    else writeAtomically(file, `${JSON.stringify(list, null, 1)}\n`);
  };
  return {
    all,
    add: (broken) => write([...all(), broken]),
    remove: (id) => write(all().filter((other) => other.id !== id)),
  };
}

/** For people: what is broken on purpose, and how it is put back; nobody has to while somebody proves. */
export function brokenLines(settings: Place, broken: readonly Broken[]): string[] {
  const prover = holderOf(proofLock(settings));
  const next = prover
    ? `process ${prover.pid} proves something now, and will put it back`
    : `nobody proves anything now; put it back with: npx slipway prove --repair --stack ${settings.stack}`;
  return [
    "Broken on purpose, by an experiment:",
    ...broken.map(
      ({ experiment, what, since }) => `  ! ${experiment}: ${what} (since ${since.slice(0, 16).replace("T", " ")} UTC)`,
    ),
    `  ${next}`,
  ];
}

/** Lock of whoever proves something on the stack: two at a time would each repair what the other has broken. */
export function proofLock(settings: Place): string {
  return join(stateHome(), "locks", `prove-${placeName(settings)}`);
}

function brokenFile(settings: Place): string {
  return join(stateHome(), "proof", `${placeName(settings)}.json`);
}

/** The record belongs to a cluster: a stack that moves to another leaves what it broke behind. */
function placeName({ stack, cluster, kubeContext }: Place): string {
  return encodeURIComponent(`${stack}-${kubeContext ?? cluster}`);
}
