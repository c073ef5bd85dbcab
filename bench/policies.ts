/** How fast the rules are, beside kube-score on the same files in the same run: `node bench/policies.ts`. Exit code 1 when a figure is above its limit. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Graph } from "../policies/resources/graph.ts";
import { judge } from "../policies/judging/judge.ts";
import { addText, emptyInput } from "../policies/read/input.ts";
import type { Resource } from "../policies/resources/resource.ts";
import { RULES } from "../policies/rules.ts";
import { resolve } from "../toolchain/tools/resolve.ts";
import { application } from "./policies-input.ts";

const KUBE_SCORE = "1.20.0";
const RUNS = 7;
const folder = mkdtempSync(join(tmpdir(), "slipway-bench-"));
const project = join(import.meta.dirname, "..");
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Median milliseconds of some work, after one run that does not count. */
function time(whose: "own" | "children", work: () => number | void): Measured {
  work();
  const before = cpuOf(whose);
  const walls = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    return work() ?? performance.now() - start;
  });
  return { wall: median(walls), cpu: (cpuOf(whose) - before) / RUNS };
}

function resources(applications: number): Resource[] {
  const input = emptyInput();
  for (let index = 0; index < applications; index += 1) addText(input, application(index), `app-${index}.yaml`);
  return input.resources;
}

interface Measured {
  readonly wall: number;
  readonly cpu: number;
}

/** Processor milliseconds of this process or of the children it has waited for; on a busy machine they say more than the clock. */
function cpuOf(whose: "own" | "children"): number {
  if (whose === "own") return (process.cpuUsage().user + process.cpuUsage().system) / 1000;
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) * 10; // cutime and cstime, in hundredths of a second
}

/** Prints a figure; one above its limit fails the run. */
function print(what: string, { wall, cpu }: Measured, limit = Infinity): void {
  const verdict = limit === Infinity ? "" : `   limit ${limit} ms${wall > limit ? ": TOO SLOW" : ""}`;
  if (wall > limit) process.exitCode = 1;
  console.log(`${what.padEnd(64)} ${wall.toFixed(0).padStart(6)} ms ${cpu.toFixed(0).padStart(6)} ms cpu${verdict}`);
}

function rulesOver(objects: readonly Resource[]): Measured {
  return time("own", () => void judge(new Graph(objects), RULES, { tier: "standard", facts: {} }));
}

/** A command from start to end; its exit code may be that of findings. */
function command(file: string, args: readonly string[]): Measured {
  return time(
    "children",
    () =>
      void spawnSync(file, args, {
        stdio: "ignore",
        env: { NODE_COMPILE_CACHE: join(homedir(), ".cache", "slipway", "node-compile-cache"), ...process.env },
      }),
  );
}

/** Milliseconds until the pack has printed the port on which it serves. */
function packBoot(): Measured {
  const script = `const s = performance.now(); process.stdout.write = (text) => { require("node:fs").writeSync(2, String(performance.now())); process.exit(); }; require(${JSON.stringify(join(project, "policies", "pack.ts"))});`;
  return time("children", () =>
    Number(
      spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", "--require", "./start.cjs", "-e", script], {
        cwd: join(project, "policies"),
        encoding: "utf8",
      }).stderr,
    ),
  );
}

/** kube-score, built once from the module proxy into the cache. */
async function kubeScore(): Promise<string> {
  const bin = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "slipway", "bench");
  const tool = join(bin, "kube-score");
  if (existsSync(tool)) return tool;
  mkdirSync(bin, { recursive: true });
  console.log(`building kube-score ${KUBE_SCORE} once`);
  const cache = join(bin, "..", "go");
  execFileSync(
    await resolve("go"),
    ["install", "-trimpath", "-ldflags", "-s -w", `github.com/zegl/kube-score/cmd/kube-score@v${KUBE_SCORE}`],
    {
      env: {
        ...process.env,
        CGO_ENABLED: "0",
        GOBIN: bin,
        GOMODCACHE: join(cache, "mod"),
        GOCACHE: join(cache, "build"),
      },
      stdio: "inherit",
    },
  );
  return tool;
}

try {
  const files = Array.from({ length: 18 }, (_, index) => {
    const path = join(folder, `app-${index}.yaml`);
    writeFileSync(path, application(index));
    return path;
  });
  const [first = ""] = files;
  const node = process.execPath;
  const check = ["--disable-warning=ExperimentalWarning", join(project, "cli", "main.ts"), "check"];
  console.log(
    `${RULES.length} rules, ${RUNS} runs each, medians and mean processor time; load of the machine ${loadavg()[0]?.toFixed(1)}; one application is ${readFileSync(first, "utf8").length} bytes\n`,
  );
  const [few, some, many] = [
    resources(21).slice(0, 589),
    resources(35).slice(0, 1000),
    resources(345).slice(0, 10_000),
  ];
  const [a, b, c] = [rulesOver(few), rulesOver(some), rulesOver(many)];
  print(`all rules over ${few.length} objects (20 applications)`, a, 300);
  print(`all rules over ${some.length} objects`, b);
  print(`all rules over ${many.length} objects`, c);
  console.log(
    `${"per object, 10,000 against 1,000 (1.0 is linear)".padEnd(64)} ${(c.cpu / many.length / (b.cpu / some.length)).toFixed(2).padStart(7)}`,
  );
  print("pack, from process start to serving", packBoot(), 600);
  print("empty Node.js process, for comparison", command(node, ["-e", ""]));
  const tool = await kubeScore();
  const [one, all, otherOne, otherAll] = [
    command(node, [...check, first]),
    command(node, [...check, ...files]),
    command(tool, ["score", first]),
    command(tool, ["score", ...files]),
  ];
  print("slipway check, one application", one, 600);
  print(`kube-score ${KUBE_SCORE} (about 40 checks), one application`, otherOne);
  print("slipway check, 18 applications", all, 1200);
  print(`kube-score ${KUBE_SCORE}, 18 applications`, otherAll);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
