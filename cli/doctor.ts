import { defineCommand } from "citty";
import { visibleJson } from "../model/harmless/visible.ts";
import { availability, type Availability } from "../toolchain/tools/availability.ts";
import { freeSpace } from "../toolchain/tools/free-space.ts";
import { toolSets } from "../toolchain/tools/catalogue/tools.ts";
import { complain, print, say } from "./terminal/say.ts";

/** Says of every tool where it is or how it will be got; exit code 1 when one cannot be had. */
export const doctor = defineCommand({
  meta: { name: "doctor", description: "Show each tool: found where, or how it will be got and how long that takes" },
  args: {
    json: { type: "boolean", description: "For scripts" },
    free: {
      type: "boolean",
      description: "First delete what only building needed, and tools of other versions that nothing runs",
    },
    thorough: { type: "boolean", description: "Hash every file in the cache, so that silent damage is found too" },
  },
  async run({ args }) {
    if (args.free) for (const folder of await freeSpace()) complain(`Deleted ${folder}`);
    const found = await availability(toolSets, args.thorough);
    if (args.json) print(`${visibleJson(found, 2)}\n`);
    else say(report(found));
    if (found.some(({ state }) => state === "cannot be had")) process.exitCode = 1;
  },
});

/** The table and its sum, as people read them. */
export function report(found: readonly Availability[]): string {
  const rows = [
    ["TOOL", "VERSION", "STATE", "TIME", "WHERE"],
    ...found.map(({ name, version, state, minutes, where }) => [name, version, state, spell(minutes), where]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, "", sum(found)].join("\n");
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
