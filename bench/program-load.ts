import { spawnSync } from "node:child_process";
import { writeSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/**
 * From the start of Node.js to the first resource that the dev program registers, with stand-ins for engine and providers:
 * `node bench/program-load.ts [rounds]`. Prints the median in milliseconds; the first rounds fill the compile cache.
 */
const rounds = Number(process.argv[2] ?? 11);
const WARM_UP = 2;
const CHILD = "SLIPWAY_BENCH_PROGRAM";

async function runProgram(): Promise<void> {
  await pulumi.runtime.setMocks(
    {
      newResource() {
        writeSync(3, String(performance.now())); // the SDK writes to the others
        process.kill(process.pid, "SIGKILL"); // an orderly end would wait for all the others
        return { id: "", state: {} };
      },
      call: () => ({}),
    },
    "slipway",
    "dev",
    true,
  );
  await import("../stacks/index.ts");
}

function measure(): number {
  const env = {
    ...process.env,
    [CHILD]: "1",
    NODE_COMPILE_CACHE: join(import.meta.dirname, "..", ".slipway", "compile-cache"),
  };
  const { output, stderr } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", import.meta.filename],
    { encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe", "pipe"] },
  );
  const milliseconds = Number(output[3]);
  if (!(milliseconds > 0)) throw new Error(stderr);
  return milliseconds;
}

if (process.env[CHILD]) await runProgram();
else {
  const times = Array.from({ length: rounds + WARM_UP }, measure)
    .slice(WARM_UP)
    .toSorted((a, b) => a - b);
  console.log(
    `load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")}; ${rounds} rounds, median ${times[Math.floor(times.length / 2)]?.toFixed(0)} ms   target 700 ms`,
  );
}
