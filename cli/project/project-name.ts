import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectFolder } from "./project-folder.ts";

/** Name of a project in the engine's state, as Pulumi.yaml has it. */
export function projectName(project = projectFolder): string {
  const { name } = parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")) as { readonly name: string };
  return name;
}
