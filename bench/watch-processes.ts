import { readdirSync, readFileSync } from "node:fs";

/** What a watched run used, as the process table saw it. */
export interface Usage {
  /** Processor time of the engine, the program, the policy pack and the stand-ins together. */
  readonly cpuSeconds: number;
  /** Processor time of the engine alone: what a busy machine changes least. */
  readonly engineCpuSeconds: number;
  /** Largest memory of this process and all it started, at one moment; what they share counts once (PSS). */
  readonly peakMebibytes: number;
  /** Who held it at that moment, in MiB. */
  readonly holders: Readonly<Record<string, number>>;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

/** How often memory is looked at, which costs time itself, and how often processor time is, of which the last look misses the rest. */
const SAMPLE_MS = 500;
const TICK_MS = 50;
const KIBIBYTES = 1024;
/** Clock ticks of the kernel in a second. */
const TICKS = 100;
const SELF = "slipway";
const ENGINE = "engine";

/** Samples this process and everything that it starts until told to stop. */
export function watchProcesses(): { stop: () => Usage } {
  const ticks = new Map<number, { used: number; role: string }>();
  let peak: Readonly<Record<string, number>> = {};
  const sample = (): void => {
    const held: Record<string, number> = {};
    for (const { pid, ticks: used } of family(process.pid)) {
      const role = ticks.get(pid)?.role ?? (pid === process.pid ? SELF : roleOf(pid)); // a process that has ended keeps no command line
      held[role] = (held[role] ?? 0) + shareOf(pid) / KIBIBYTES;
      ticks.set(pid, { used, role });
    }
    if (total(held) > total(peak)) peak = held;
  };
  const count = (): void => {
    for (const [pid, known] of ticks) known.used = stat(pid)[0]?.ticks ?? known.used;
  };
  const timers = [setInterval(sample, SAMPLE_MS), setInterval(count, TICK_MS)];
  return {
    stop: () => {
      for (const timer of timers) clearInterval(timer);
      const seconds = (of: (role: string) => boolean): number =>
        [...ticks.values()].filter(({ role }) => of(role)).reduce((sum, { used }) => sum + used, 0) / TICKS;
      return {
        cpuSeconds: seconds((role) => role !== SELF),
        engineCpuSeconds: seconds((role) => role === ENGINE),
        peakMebibytes: total(peak),
        holders: peak,
      };
    },
  };
}

function total(held: Readonly<Record<string, number>>): number {
  return Object.values(held).reduce((sum, part) => sum + part, 0);
}

/** The part a process plays in a preview, by its command line. */
function roleOf(pid: number): string {
  const [program = "", ...args] = (readText(`/proc/${pid}/cmdline`) ?? "").split("\0");
  const name = program.slice(program.lastIndexOf("/") + 1);
  if (name === "pulumi") return ENGINE;
  if (name === "node") return args.some((arg) => arg.endsWith("run-policy-pack")) ? "policy pack" : "program";
  return name.startsWith("pulumi-resource-") ? "stand-ins" : "language host";
}

/** Kibibytes of one process, its part of what it shares with others. */
function shareOf(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(readText(`/proc/${pid}/smaps_rollup`) ?? "")?.[1] ?? 0);
}

function family(root: number): Process[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => stat(Number(name)));
  const known = new Set([root]);
  for (let before = 0; before !== known.size; ) {
    before = known.size;
    for (const { pid, parent } of all) if (known.has(parent)) known.add(pid);
  }
  return all.filter(({ pid }) => known.has(pid));
}

function stat(pid: number): Process[] {
  const text = readText(`/proc/${pid}/stat`);
  if (text === undefined) return [];
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  return [{ pid, parent: fields[1] ?? 0, ticks: (fields[11] ?? 0) + (fields[12] ?? 0) }];
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // ended meanwhile
  }
}
