import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { closingLine, type Counts } from "../../test/closing-line.ts";
import { projectFolder } from "../project/project-folder.ts";
import { say } from "../terminal/say.ts";
import { untilEngineEnds } from "../terminal/signals.ts";

/** One more than there are processors, because some tests mostly wait; more than a few only cost memory. */
const JOBS = Math.min(availableParallelism() + 1, 6);

/** Test files, and whether they bear others beside them. */
export interface TestRun {
  readonly files: readonly string[];
  readonly beside: boolean;
}

/** What somebody types to have everything run, whatever fails. */
const GO_ON = "`npm test -- --go-on`";

/**
 * Runs one after the other, prints one closing line for all of them and answers what it counted. The next begins only when
 * nothing has failed before, unless it is to go on; none begins after a signal.
 */
export async function runTests(
  runs: readonly TestRun[],
  options: readonly string[],
  env: NodeJS.ProcessEnv,
  goOn = false,
): Promise<Counts> {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  let ended = false;
  process.once("SIGINT", () => (ended = true)).once("SIGTERM", () => (ended = true));
  for (const { files, beside } of runs.filter((run) => run.files.length > 0)) {
    if (ended) break;
    if (sum.failed > 0 && !goOn) {
      say(`${sum.failed} failed, so ${files.length} more files were not begun: ${GO_ON} runs them all the same.`);
      break;
    }
    const counts = await mocha([...(beside ? ["--parallel", "--jobs", String(JOBS)] : []), ...options, ...files], env);
    for (const key of ["passed", "failed", "skipped"] as const) sum[key] += counts[key];
  }
  say(closingLine(sum));
  return sum;
}

/** What one mocha counted. One that ends badly without a failed test, or before it has counted, is a failure itself. */
async function mocha(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Counts> {
  const child = spawn(process.execPath, ["node_modules/mocha/bin/mocha.js", ...args], {
    cwd: projectFolder,
    env,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    detached: true, // a signal reaches it once, from here, also when only this process is told
  });
  let counts: Counts | undefined;
  child.on("message", (message) => (counts = message as Counts));
  const code = await untilEngineEnds(child, "with its whole group");
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 1, skipped: 0 };
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped };
}
