import { defineCommand } from "citty";
import { visibleJson } from "../model/harmless/visible.ts";
import { basesHere } from "../toolchain/foreign/bases/bases-here.ts";
import { localBases } from "../toolchain/foreign/bases/local-bases.ts";
import { readMirrorTable } from "../toolchain/foreign/bases/mirror-table.ts";
import { registryAnswers } from "../toolchain/foreign/registry/registry-answers.ts";
import { availability, type Availability } from "../toolchain/tools/availability.ts";
import { deletable, free } from "../toolchain/tools/free-space.ts";
import { toolSets } from "../toolchain/tools/catalogue/tools.ts";
import { confirmed } from "./terminal/confirmed.ts";
import { complain, print, say } from "./terminal/say.ts";

/** Says of every tool, and of base images of others' Dockerfiles, where it is or how it will be got; exit code 1 when one cannot be had. */
export const doctor = defineCommand({
  meta: { name: "doctor", description: "Show each tool: found where, or how it will be got and how long that takes" },
  args: {
    json: { type: "boolean", description: "For scripts" },
    free: {
      type: "boolean",
      description: "First delete what only building needed, and tools of other versions that nothing runs; asks before",
    },
    yes: { type: "boolean", description: "With --free: delete without asking" },
    thorough: { type: "boolean", description: "Hash every file in the cache, so that silent damage is found too" },
  },
  async run({ args }) {
    if (args.free) await freeSpace(args.yes ?? false);
    const found = await availability(toolSets, args.thorough);
    const bases = await basesHere({ table: readMirrorTable(), local: await localBases(), answers: registryAnswers });
    if (args.json) print(`${visibleJson([...found, ...bases], 2)}\n`);
    else say(`${report(found)}\n\n${table("BASE IMAGE", "TAGS", bases)}`);
    if ([...found, ...bases].some(({ state }) => state === "cannot be had")) process.exitCode = 1;
  },
});

/** Says what would go and what is worse without it, and deletes it when somebody agrees. */
async function freeSpace(agreed: boolean): Promise<void> {
  const found = deletable();
  if (found.length === 0) return complain("There is nothing to delete.");
  for (const { folder, without } of found) complain(`${folder}\n  Without it: ${without}.`);
  if (!agreed && !(await confirmed("Delete this?", "`slipway doctor --free --yes`"))) return complain("Kept.");
  await free(found);
  complain("Deleted.");
}

/** The table and its sum, as people read them. */
export function report(found: readonly Availability[]): string {
  return [table("TOOL", "VERSION", found), "", sum(found)].join("\n");
}

function table(name: string, version: string, found: readonly Availability[]): string {
  const rows = [
    [name, version, "STATE", "TIME", "WHERE"],
    ...found.map((row) => [row.name, short(row.version), row.state, spell(row.minutes), row.where]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return lines.join("\n");
}

/** A list of tags is long; the first ones say what it is. */
function short(version: string): string {
  const words = version.split(" ");
  return words.length > 3 ? `${words.slice(0, 3).join(" ")} …` : version;
}

function sum(found: readonly Availability[]): string {
  const lost = found.filter(({ state }) => state === "cannot be had");
  const open = found.filter(({ minutes, state }) => minutes > 0 && state !== "cannot be had");
  if (lost.length > 0)
    return `${lost.length} of ${found.length} cannot be had: ${lost.map(({ name, where }) => `${name} (${where})`).join("; ")}.`;
  if (open.length === 0) return `All ${found.length} are here.`;
  return `${open.length} of ${found.length} are still to be got, in about ${spell(open.reduce((total, { minutes }) => total + minutes, 0))} on two cores. They are got when they are needed.`;
}

function spell(minutes: number): string {
  if (minutes === 0) return "-";
  return minutes < 1 ? `${Math.round(minutes * 60)} s` : `${Number(minutes.toFixed(1))} min`;
}
