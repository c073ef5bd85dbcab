import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { closingLine, type Counts } from "../../test/closing-line.ts";
import { projectFolder } from "../project/project-folder.ts";
import { say } from "../terminal/say.ts";

/** One more than there are processors, because some tests mostly wait; more than a few only cost memory. */
const JOBS = Math.min(availableParallelism() + 1, 6);

/** Test files, and whether they bear others beside them. */
export interface TestRun {
  readonly files: readonly string[];
  readonly beside: boolean;
}

/** Runs one after the other, prints one closing line for all of them and answers what it counted. */
export async function runTests(
  runs: readonly TestRun[],
  options: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Counts> {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { files, beside } of runs.filter((run) => run.files.length > 0)) {
    const counts = await mocha([...(beside ? ["--parallel", "--jobs", String(JOBS)] : []), ...options, ...files], env);
    for (const key of ["passed", "failed", "skipped"] as const) sum[key] += counts[key];
  }
  say(closingLine(sum));
  return sum;
}

/** What one mocha counted. One that ends badly without a failed test, or before it has counted, is a failure itself. */
function mocha(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Counts> {
  const child = spawn(process.execPath, ["node_modules/mocha/bin/mocha.js", ...args], {
    cwd: projectFolder,
    env,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  let counts: Counts | undefined;
  child.on("message", (message) => (counts = message as Counts));
  return new Promise((resolve) =>
    child.on("close", (code) => {
      const { passed, failed, skipped } = counts ?? { passed: 0, failed: 1, skipped: 0 };
      resolve({ passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped });
    }),
  );
}
