import { DEFAULTS, type Default } from "../../model/defaults.ts";
import { STAGE } from "../../model/stage.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { table } from "./table.ts";

/** Every default and every number in which the stages differ, from the code that uses them. */
export function defaultsPage(): GeneratedFile {
  const groups = Object.entries(DEFAULTS).map(([group, entries]) =>
    [
      `## ${group}`,
      table(
        ["default", "value", "unit", "why"],
        Object.entries(entries as Record<string, Default<unknown>>).map(([name, { value, unit, why }]) => [
          `\`${name}\``,
          `\`${show(value)}\``,
          unit,
          why,
        ]),
      ),
    ].join("\n\n"),
  );
  const stages = table(
    ["number", "dev", "prod"],
    Object.keys(STAGE.dev).map((name) => {
      const key = name as keyof typeof STAGE.dev;
      return [`\`${name}\``, `\`${show(STAGE.dev[key])}\``, `\`${show(STAGE.prod[key])}\``];
    }),
  );
  const content = [
    "# Defaults",
    "Printed from `model/defaults.ts` and `model/stage.ts` by `npm run generate`.",
    ...groups,
    "## Where dev and prod differ",
    stages,
  ].join("\n\n");
  return { path: "docs/defaults.md", content: `${content}\n` };
}

function show(value: unknown): string {
  return typeof value === "object" && value !== null
    ? Object.entries(value)
        .map(([key, inner]) => `${key} ${String(inner)}`)
        .join(", ")
    : String(value);
}
