import { defineCommand } from "citty";
import { visibleJson } from "../model/harmless/visible.ts";
import { systemNames } from "../model/system-names.ts";
import { ClusterError } from "../toolchain/cluster/config/cluster-error.ts";
import type { ClusterStatus } from "../toolchain/cluster/life/status.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";
import { reportClusterErrors } from "./terminal/report-cluster-errors.ts";
import { print, say } from "./terminal/say.ts";

const name = { type: "string", description: "Name of the cluster", default: "dev" } as const;
const json = { type: "boolean", description: "Print the result as JSON" } as const;
const verbose = { type: "boolean", description: "Show the raw output of every step" } as const;

const up = defineCommand({
  meta: { name: "up", description: "Start the embedded cluster, or confirm that it runs" },
  args: {
    name,
    "api-port": { type: "string", description: "Port of the API server on 127.0.0.1 (16443 unless recorded)" },
    "http-port": { type: "string", description: "Port of the HTTP entry on 127.0.0.1 (8080 unless recorded)" },
    "http-names": { type: "string", description: "Names under which the entry answers besides localhost" },
    json,
    verbose,
  },
  async run({ args }) {
    await reportClusterErrors(async () => {
      const { clusterUp } = await import("../toolchain/cluster/life/up.ts");
      await clusterUp(
        {
          name: nameOf(args),
          apiPort: port(args["api-port"]),
          httpPort: port(args["http-port"]),
          httpNames: args["http-names"]?.split(",").filter((name) => name !== ""),
          systems: await systemsHere(),
        },
        standardProgress(args.verbose),
      );
      await show(nameOf(args), args.json);
    });
  },
});

/** The systems of this project: told now, the entry need not start again when one of them is brought up. */
async function systemsHere(): Promise<string[]> {
  const { systems } = await import("./project/described.ts");
  return systemNames(systems);
}

const down = defineCommand({
  meta: { name: "down", description: "Stop the embedded cluster; its data stay" },
  args: { name, purge: { type: "boolean", description: "Delete its data as well" }, json, verbose },
  async run({ args }) {
    await reportClusterErrors(async () => {
      const { clusterDown } = await import("../toolchain/cluster/life/down.ts");
      await clusterDown(nameOf(args), { purge: args.purge }, standardProgress(args.verbose));
      if (args.json) await show(nameOf(args), true);
    });
  },
});

const status = defineCommand({
  meta: { name: "status", description: "Show what of the embedded cluster runs; exit code 1 unless all of it does" },
  args: { name, json },
  async run({ args }) {
    await reportClusterErrors(async () => {
      const { state } = await show(nameOf(args), args.json);
      if (state !== "running") process.exitCode = 1;
    });
  },
});

/** `slipway cluster …`: a real Kubernetes on this machine, without Docker. */
export const cluster = defineCommand({
  meta: { name: "cluster", description: "The embedded Kubernetes cluster on this machine" },
  subCommands: { up, down, status },
});

async function show(clusterName: string, asJson: boolean | undefined): Promise<ClusterStatus> {
  const { clusterStatus } = await import("../toolchain/cluster/life/status.ts");
  const found = await clusterStatus(clusterName);
  if (asJson) print(`${visibleJson(found, 2)}\n`);
  else say(describe(found));
  return found;
}

function describe({ name: clusterName, state, apiPort, httpPort, kubeconfig, processes }: ClusterStatus): string {
  const lines = [`cluster ${clusterName} · ${state}`];
  if (state === "absent") return [...lines, `Make it with: npx slipway cluster up --name ${clusterName}`].join("\n");
  for (const { name: part, pid, restarts } of processes) {
    lines.push(
      `  ${pid === undefined ? "✘" : "✔"} ${part.padEnd(26)} ${pid === undefined ? "not running" : `pid ${pid}`}${restarts > 0 ? `, restarted ${restarts}×` : ""}`,
    );
  }
  if (state === "stopped") return [...lines, `Start it with: npx slipway cluster up --name ${clusterName}`].join("\n");
  return [
    ...lines,
    `  API https://127.0.0.1:${apiPort} · HTTP entry http://127.0.0.1:${httpPort}`,
    `  export KUBECONFIG=${kubeconfig}`,
  ].join("\n");
}

/** `cluster down test` must never mean the default cluster. */
function nameOf({ name: option, _: words }: { name: string; _: string[] }): string {
  const [word, ...more] = words;
  if (more.length > 0 || (word !== undefined && option !== name.default && option !== word)) {
    throw new ClusterError(
      `found the names ${[option, ...words].join(", ")}, wanted one cluster. Say for example: slipway cluster up --name test`,
      2,
    );
  }
  return word ?? option;
}

function port(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
