import { globSync } from "node:fs";
import { defineCommand } from "citty";
import { projectFolder } from "./project/project-folder.ts";
import { runTests } from "./proving/run-tests.ts";
import { UserError } from "./terminal/user-error.ts";

/** Where tests stand, and the order of those on a cluster: it is tried itself before what runs on it. */
const FOLDERS = [
  "model",
  "monitors",
  "components",
  "stacks",
  "policies",
  "runtime",
  "toolchain",
  "experiments",
  "cli",
  "packaging",
  "systems",
  "test",
];

/** Begun first, the longest before all, so that nobody waits for one of them at the end. */
const LONG = [
  "packaging/package",
  "test/recorded-plan",
  "test/prod-plan",
  "systems/fishdelivery/services/services",
  "test/repository",
  "monitors/promtool",
  "test/words/every-word",
  "test/hostile-input",
  "cli/new",
  "toolchain/engine/language-host",
  "toolchain/engine/random-provider",
  "components/aws/platform",
  "toolchain/image-build/image-bundle",
  "toolchain/tools/resolve",
  "cli/bin",
  "cli/check",
].map((name) => `${name}.test.ts`);

/** Hostile inputs of each kind in the quick gate, which is run after every change: a quarter of those that continuous integration tries. */
const HOSTILE_RUNS = 15;

/** On a real cluster, which wants the machine for itself: there others would make requests late. */
const ALONE = /\.live\.test\.ts$/;

/** Runs the project's tests; as root the live ones too, on an embedded cluster of their own. */
export const test = defineCommand({
  meta: { name: "test", description: "Run the tests of this repository" },
  args: {
    live: { type: "boolean", description: "With the tests on a real cluster (needs root)", default: true },
    soak: { type: "boolean", description: "With the long proof of the alerting (twenty minutes more, needs root)" },
    "go-on": { type: "boolean", description: "With the tests on a real cluster even when others have failed" },
    grep: { type: "string", description: "Only tests whose title matches" },
  },
  async run({ args }) {
    const live = args.live && process.getuid?.() === 0;
    const soak = live && (args.soak ?? false);
    const files = args._.length > 0 ? args._.flatMap(named) : all();
    const tools = args.live ? await prepareTests(live, soak) : {};
    const env = {
      ...process.env,
      ...tools,
      SLIPWAY_ENGINE_TESTS: args.live ? "1" : "0",
      ...(args.live ? {} : { SLIPWAY_HOSTILE_RUNS: String(HOSTILE_RUNS) }),
      SLIPWAY_LIVE_TESTS: live ? "1" : "0",
      SLIPWAY_SOAK_TESTS: soak ? "1" : "0",
    };
    const alone = live ? files.filter((file) => ALONE.test(file)) : []; // those that are skipped disturb nobody
    const runs = [
      { files: files.filter((file) => !alone.includes(file)), beside: true },
      { files: alone, beside: false },
    ];
    const options = args.grep ? ["--grep", args.grep] : [];
    const { passed, failed, skipped } = await runTests(runs, options, env, args["go-on"]);
    if (passed + failed + skipped === 0)
      throw new UserError(
        `slipway: no test has a title that matches ${args.grep ?? "anything"}. \`npm test -- --no-live\` prints the titles.`,
      );
    process.exitCode = failed === 0 ? 0 : 1;
  },
});

/** Every test file. */
function all(): string[] {
  const files = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.test.ts`, { cwd: projectFolder }).toSorted());
  return [...LONG.filter((file) => files.includes(file)), ...files.filter((file) => !LONG.includes(file))];
}

function named(pattern: string): string[] {
  const files = globSync(pattern, { cwd: projectFolder });
  if (files.length === 0)
    throw new UserError(
      `slipway: no test file is called ${pattern}. Name it as seen from the project's folder, such as model/plan.test.ts.`,
    );
  return files;
}

/** Tools are made here, with their progress shown, so that no test waits for a compiler. Answers where the tests find servers. */
async function prepareTests(onCluster: boolean, watched: boolean): Promise<NodeJS.ProcessEnv> {
  const [{ prepareTools }, { clusterParts }, { standardProgress }, { resolve }] = await Promise.all([
    import("./update/prepare.ts"),
    import("../toolchain/cluster/life/cluster-parts.ts"),
    import("../toolchain/machine/progress.ts"),
    import("../toolchain/tools/resolve.ts"),
  ]);
  const progress = standardProgress();
  await prepareTools(onCluster, progress);
  if (onCluster) await clusterParts(progress);
  if (watched) for (const tool of ["prometheus", "kube-state-metrics"] as const) await resolve(tool, progress);
  return {
    SLIPWAY_MARIADBD: await resolve("mariadbd", progress),
    SLIPWAY_POSTGRES: await resolve("postgres", progress),
    SLIPWAY_KAFKA_JARS: await resolve("kafka-jars", progress),
  };
}
